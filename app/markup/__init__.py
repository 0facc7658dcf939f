"""Strangers' Markdown, HTML and LaTeX, made safe to show."""

from app.markup.mathematics import render_marked, render_math, render_xhtml
from app.markup.rendering import render_inline, render_markdown

__all__ = ["render_inline", "render_markdown", "render_marked", "render_math", "render_xhtml"]
