"""What Chromium makes of our MathML: sanitisers have been tricked by what a browser reads, not by what they wrote."""

import pytest
from playwright.sync_api import Page

from app.markup import render_inline, render_markdown, render_math
from app.markup.mathml import ELEMENTS
from app.markup.rendering import ALLOWED_TAGS
from app.web.static import STATIC
from tests.markup.test_mathematics import ATTACKS

READ = """
(texts) => texts.map((text) => {
  const element = document.createElement("div");
  element.innerHTML = text;
  const found = [...element.querySelectorAll("*")].map((one) => [one.namespaceURI.split("/").pop(), one.localName]);
  const again = document.createElement("div");
  again.innerHTML = element.innerHTML;
  return [found, element.innerHTML === again.innerHTML];
})
"""


@pytest.fixture
def java_script_enabled() -> bool:
    return True  # to ask what was read


def test_chromium_reads_nothing_else_than_what_is_listed(page: Page):
    forms = ("${}$", r"\({}\)", "{}", "<p>${}$</p>", "<b>${}$ $x$", r"$\text{{{}}}$")
    texts = [
        render(form.format(attack))
        for attack in ATTACKS
        for form in forms
        for render in (render_math, render_inline, render_markdown)
    ]
    page.set_content("<!doctype html><title>x</title>")
    allowed = {("MathML", name) for name in ELEMENTS} | {("xhtml", name) for name in ALLOWED_TAGS}
    for text, (elements, is_stable) in zip(texts, page.evaluate(READ, texts), strict=True):
        assert {tuple(one) for one in elements} <= allowed, text
        assert is_stable, text


def test_formulas_are_set_within_the_line_and_do_not_reach_out_of_a_phone(page: Page):
    page.set_viewport_size({"width": 320, "height": 600})
    long = "$$" + "+".join(f"x_{{{number}}}" for number in range(60)) + "$$"
    style = (STATIC / "css" / "base.css").read_text()
    page.set_content(
        f"<!doctype html><title>x</title><style>{style}</style><p>{render_math('I$^2$OL is $10^{-5}$ mm. ' + long)}</p>"
    )
    boxes = page.evaluate("[...document.querySelectorAll('math')].map((one) => one.getBoundingClientRect().toJSON())")
    assert [box["width"] > 4 for box in boxes] == [True] * 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    raised = page.evaluate(
        "[...document.querySelectorAll('msup')[1].children].map((one) => one.getBoundingClientRect().y)"
    )
    assert raised[1] < raised[0]
