"""The HTTP door: pages for people, JSON for programs."""

from app.web import numbers as _numbers

__all__ = ["_numbers"]
