"""Strangers' Markdown and HTML, made safe to show."""

from app.markup.rendering import render_inline, render_markdown

__all__ = ["render_inline", "render_markdown"]
