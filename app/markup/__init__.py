"""Strangers' Markdown, HTML and LaTeX, made safe to show."""

from app.markup.mathematics import render_marked, render_math
from app.markup.rendering import render_inline, render_markdown
from app.markup.xhtml import as_xhtml, fit_for_xml

__all__ = ["as_xhtml", "fit_for_xml", "render_inline", "render_markdown", "render_marked", "render_math"]
