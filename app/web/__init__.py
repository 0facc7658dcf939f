"""The HTTP door: pages for people, JSON for programs."""

from starlette.convertors import register_url_convertor

from app.web.numbers import NumberConvertor

register_url_convertor("number", NumberConvertor())  # before any router names it
