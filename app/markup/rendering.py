"""Markdown and raw HTML of strangers, to HTML that is safe to show. Sanitised last: nothing of theirs passes unseen.

Only the MathML that we make of formulas ourselves is put in after that.

Digests are written by language models, half as Markdown, half as HTML, often as both. Three habits of theirs would
lose text under plain CommonMark: lines indented by four blanks (no code is meant), lines of dashes under text (no
heading is meant), and words in angle brackets such as `<Methods>` (no tag is meant). See docs/adr/0007.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.markup.emphasis import emphasis
from app.markup.formulas import TOKEN, Formulas, formula, keep_formula, keep_formulas_of_html
from app.markup.mathematics import LONGEST

_BLOCKS = {"p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_INLINE = {"a", "strong", "em", "b", "i", "u", "s", "del", "code", "sup", "sub", "kbd", "q"}
ALLOWED_TAGS = _BLOCKS | _TABLES | _INLINE
_MEANINGLESS = {"div", "span", "section", "article", "center", "font", "small", "big"}
"""Tags of layout: the sanitiser takes them away and leaves their content."""

_SANITISER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    clean_content_tags=set(),
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
)
_TAG_OPENING = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])")
_ANY_OPENING = re.compile(r"<(?![/]?[A-Za-z][A-Za-z0-9-]*[\s/>])")
_HTML_HEADING = re.compile(r"h[1-6]")
TOP_HEADING = 4
"""The level of a text's highest heading, unless the page has another place for it."""


@lru_cache(maxsize=2048)
def render_markdown(text: str, top_heading: int = TOP_HEADING) -> str:
    """A whole text, as blocks. Any input gives well-formed HTML of `ALLOWED_TAGS`.

    The page has headings of its own above; those of the text begin at level `top_heading`, without a gap between.
    """
    if len(text) > LONGEST:
        return f"<pre>{escape(text)}</pre>\n"
    formulas = Formulas()
    return formulas.put_in(_SANITISER.clean(_markdown().render(text, {"top": top_heading, "formulas": formulas})))


@lru_cache(maxsize=8192)
def render_inline(text: str) -> str:
    """A line of text, without blocks around it."""
    if len(text) > LONGEST:
        return escape(text)
    formulas = Formulas()
    return formulas.put_in(_SANITISER.clean(_markdown().renderInline(text, {"formulas": formulas})))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code", "lheading"])
    markdown.inline.ruler.at("emphasis", emphasis)
    markdown.inline.ruler.before("escape", TOKEN, formula)
    markdown.add_render_rule(TOKEN, keep_formula)
    markdown.core.ruler.push("lower_headings", _lower_headings)
    for rule in (_html, _image):
        for name in _RULES[rule.__name__]:
            markdown.add_render_rule(name, rule)
    return markdown


_RULES = {"_html": ("html_inline", "html_block"), "_image": ("image",)}


def _lower_headings(state: StateCore) -> None:
    """Which levels a text uses is its own affair: its highest becomes `top`, the next one below that the next."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    ranks = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(6, state.env.get('top', TOP_HEADING) + ranks.index(token.tag))}"


def _html(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
    """Raw HTML: known tags pass on to the sanitiser, headings lowered; what is no tag of ours is shown as text."""
    top = int(env.get("top", TOP_HEADING))
    html = keep_formulas_of_html(tokens[index].content, env)
    return _TAG_OPENING.sub(lambda match: _tag(match, top), _ANY_OPENING.sub("&lt;", html))


def _tag(match: re.Match[str], top: int) -> str:
    name = match["name"].lower()
    if _HTML_HEADING.fullmatch(name):
        return f"<{match['slash']}h{min(6, top + max(0, int(name[1]) - 3))}"
    if name in ALLOWED_TAGS or name in _MEANINGLESS:
        return f"<{match['slash']}{name}"
    return f"&lt;{match['slash']}{match['name']}"


def _image(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    """An image becomes a link to it: no page of ours loads anything from a foreign host unasked."""
    source, words = str(tokens[index].attrGet("src") or ""), tokens[index].content or "image"
    return f'<a href="{escape(source)}">{escape(words)}</a>'
