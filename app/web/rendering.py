"""A page, or one block of it, or one component: the same URL serves whoever asks."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from markupsafe import Markup

from app import i18n, markup
from app.iri import quote_address
from app.web import urls
from app.web.language import lang_attribute, language_of
from app.web.preferences import preferences_of
from app.web.retelling import retold
from app.web.static import static_url
from app.web.wording import by_sentence, sentence, worded

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def wants_fragment(request: Request) -> bool:
    """htmx 4 says "partial" for a targeted swap, "full" for boosted links and for Back."""
    return request.headers.get("HX-Request-Type") == "partial"


def render_page(request: Request, template: str, /, *, block: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The whole page, or for htmx the block alone."""
    context = {**_common(request), **context}
    if wants_fragment(request):
        html = render_block(environment(), template, block, context)
    else:
        html = environment().get_template(template).render(context)
    return _response(html, status)


def render_component(request: Request, name: str, /, status: int = 200, **context: Any) -> HTMLResponse:
    """One component alone: the answer to htmx after a change."""
    html = environment().get_template(f"components/{name}.html").render({**_common(request), **context})
    return _response(html, status)


def render_html(template: str, /, **context: Any) -> str:
    """A piece that says the same to all who read its language."""
    return environment().get_template(template).render(language=i18n.current_language(), **context)


def _response(html: str, status: int) -> HTMLResponse:
    # Two answers live at one address, and each reader has their own: shared caches must keep out.
    return HTMLResponse(html, status, headers={"Vary": "HX-Request-Type, Cookie", "Cache-Control": "private, no-cache"})


def _common(request: Request) -> dict[str, Any]:
    """What every page knows. An error may strike before anyone asked who is signed in."""
    return {
        "user": getattr(request.state, "user", None),
        "running": getattr(request.state, "running", None),
        "here": here_of(request),
        "is_fragment": wants_fragment(request),
        "sign_up_open": request.app.state.settings.sign_up_open,
        "language": i18n.current_language(),
        "preferences": preferences_of(request),
    }


def here_of(request: Request) -> str:
    """The address of this page, as a path of ours."""
    return urls.with_query(request.url.path, request.url.query)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates. A misspelt variable is an error, not an empty page; all text is escaped unless made safe."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else each of a page's many templates is looked for on the disk at every request
        extensions=["jinja2.ext.i18n"],
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    env.globals.update(_=_say, gettext=_say, ngettext=_say_number)  # as the extension's own, and much faster
    env.filters["markdown"] = lambda text, top=4: Markup(markup.render_markdown(text, top))  # noqa: S704  (sanitised)
    env.filters["inline"] = lambda text: Markup(markup.render_inline(text))  # noqa: S704
    env.filters["math"] = lambda text: Markup(markup.render_math(text))  # noqa: S704
    env.filters["marked"] = lambda fragments: Markup(markup.render_marked(fragments))  # noqa: S704
    env.filters["xhtml"] = lambda html: Markup(markup.as_xhtml(html))  # noqa: S704
    env.filters["lang"] = language_of
    env.filters["address"] = quote_address
    env.filters["seconds"] = _seconds
    env.filters.update(by_sentence=by_sentence, retold=retold, sentence=sentence, worded=worded)
    env.filters.update({name: getattr(i18n, f"format_{name}") for name in _FORMATS})
    env.globals.update(static_url=static_url, lang_attribute=lang_attribute, always=_always)
    env.globals.update({name: getattr(urls, name) for name in _URLS})
    return env


def _always(component: str) -> Markup:
    """A component that is the same on all pages in one language."""
    return _made_once(component, i18n.current_language())


@lru_cache(maxsize=64)
def _made_once(component: str, _language: str) -> Markup:
    return Markup(render_html(component).strip())  # noqa: S704  (rendered by a template)


def _say(text: str, **values: Any) -> Markup:
    """A message in the reader's language. What is put into it is escaped, itself it is ours."""
    known = _spoken(i18n.current_language(), text)
    return known % values if values or "%" in known else known


@lru_cache(maxsize=4096)
def _spoken(_language: str, text: str) -> Markup:
    return Markup(i18n.gettext(text))  # noqa: S704


def _say_number(singular: str, plural: str, number: int, **values: Any) -> Markup:
    return Markup(i18n.ngettext(singular, plural, number)) % {"num": number, **values}  # noqa: S704


def _seconds(duration: timedelta) -> str:
    """How long something took, as exactly as anyone wants to know."""
    tenths = round(duration.total_seconds(), 1)
    if tenths < 60:
        return i18n.gettext("%(seconds)s s") % {"seconds": f"{tenths:.1f}"}
    minutes, seconds = divmod(round(tenths), 60)
    return i18n.gettext("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds}


_FORMATS = ("date", "month", "number", "period", "time", "weekday")
"""Filters that write a value as the reader's language does: `{{ day | date("full") }}`."""
_URLS = (
    "api_url",
    "author_url",
    "coverage_url",
    "day_url",
    "digest_path",
    "digest_url",
    "line_url",
    "paper_url",
    "related_url",
    "period_url",
    "slug_url",
    "source_url",
    "tag_url",
    "topic_url",
)
