"""Mathematics in plain text. The sentences are ours; their shapes are those that abstracts on arXiv have."""

import subprocess
import sys
import time
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.markup import as_xhtml, fit_for_xml, render_inline, render_markdown, render_marked, render_math
from app.markup.mathml import ATTRIBUTES, DEEPEST, ELEMENTS, LONGEST, NAMESPACE, mathml, rebuilt
from app.markup.rendering import ALLOWED_TAGS
from tests.markup.seeing import Seen


class Piece(NamedTuple):
    text: str
    is_match: bool = False


def shown(text):
    """What stands there for a reader, a formula in brackets of its own."""
    return bracketed(render_math(text))


def bracketed(html):
    return Seen(html.replace("<math", "⟦<math").replace("</math>", "</math>⟧")).text.replace("\u2060", "").strip()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Shelf$^2$s are better", "Shelf⟦2⟧s are better", id="within a word"),
        pytest.param(r"up by $52\%$ on ours", "up by ⟦52%⟧ on ours", id="a share"),
        pytest.param(r"100$\times$ faster", "100⟦×⟧ faster", id="behind a number"),
        pytest.param(r"$\sim$80x, $\le$15 min", "⟦∼⟧80x, ⟦≤⟧15 min", id="before a number"),
        pytest.param("$<0.01$ bits", "⟦<0.01⟧ bits", id="no command in it"),
        pytest.param("$10,000+$ shelves", "⟦10,000+⟧ shelves", id="a number with thousands"),
        pytest.param("the $k$NN of $n$-grams, $N=5$", "the ⟦k⟧NN of ⟦n⟧-grams, ⟦N=5⟧", id="letters"),
        pytest.param("$α$ and $SO(3)$", "⟦α⟧ and ⟦SO(3)⟧", id="Greek, a function"),
        pytest.param("[$^{18}$F]X, $[^{18}$F]X", "[⟦18⟧F]X, ⟦[18⟧F]X", id="brackets within and without"),
        pytest.param(r"so \(x^2\) and \[y_1\]", "so ⟦x2⟧ and ⟦y1⟧", id="brackets of LaTeX"),
        pytest.param("$$E=mc^2$$", "⟦E=mc2⟧", id="displayed"),
        pytest.param("吸收CO$_2$的书架", "吸收CO⟦2⟧的书架", id="in Chinese"),
        pytest.param(r"$ \times $ here", "⟦×⟧ here", id="blanks on both sides"),
        pytest.param(r"$x_{\text{shelf}}$", "⟦xshelf⟧", id="words within"),
        pytest.param(r"$\mathcal{O}(n \log n)$", "⟦𝒪︀(nlogn)⟧", id="letters of other faces"),
    ],
)
def test_a_formula_is_set(text, words):
    assert shown(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6",
        "from 5$ to 10$",
        "Just add $100 more",
        "US$5-$10, $5M-$6M, $3, $4 or $5.",
        "$5 million for x_1 and the rest of $y",
        "价格为$5，共$6。",
        "mAP@0.50$. More",
        "A$AP, Ca$h and Ke$ha",
        "$$$",
        "$",
        "$HOME and $PATH",
        "`$a` and `b$`",
        "between $5,000 and $10,000",
        "a $20-$30 book, cheaper than $40 ones",
    ],
)
def test_money_and_stray_dollars_stay_text(text):
    assert shown(text) == text


@pytest.mark.parametrize(
    "text",
    [
        r"$\shelf{x}$ is ours",
        r"{\speed} times, \algname{} and \method,",
        r"$\frac{1}$",
        r"$x_$ and $\unicode{x3c}$",
        r"\[12\] and \(see above\)",
        r"C:\new\texts",
        r"it\'s \"so\" and \"under\"",
        "$\\newcommand{\\a}{x}\\a$",
        "$" + "x^" * LONGEST + "$",
    ],
)
def test_what_cannot_be_set_stays_as_it_was_written(text):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"Fr\'echet, R\"uckert, na\"ive, D\'ej\`a, Erd\H{o}s, {\'E}tude, Fran\c{c}ois", "Fréchet, Rückert, naïve, Déjà, Erdős, Étude, François"),
        (r"Bj\o rn, Stra\ss{}e, \AA{}se", "Bjørn, Straße, Åse"),
        (r"\textbf{G}raph \emph{Shelf} \textbf{\textit{Both}} {\em so} on", "Graph Shelf Both so on"),
        (r"10\% of A\&B, a\_b \#1 \$5 \{x\}", "10% of A&B, a_b #1 $5 {x}"),
        (r"360{\deg} and 90\degree, 100\times, 5\,GHz", "360° and 90°, 100×, 5\u202fGHz"),
        (r"see:~\url{https://a.example/~x}", "see:\u00a0https://a.example/~x"),
        (r"see \href{https://a.example/}{https://a.example}.", "see https://a.example."),
        (r"see \href{https://a.example/}{our page}.", "see our page (https://a.example/)."),
        (r"ours\footnote{https://a.example}.", "ours (https://a.example)."),
        ("``so'' ~100 of 5~10", "“so” ~100 of 5~10"),
        ("``so\" and \"so\", it''s ``open", "“so” and \"so\", it''s ``open"),
        (r"$\textit{Ship of Shelves}$", "Ship of Shelves"),
        (r"$\href{https://a.example/}{Our\ page}$", "Our page (https://a.example/)"),
    ],
)  # fmt: skip
def test_commands_outside_of_formulas_are_read(text, words):
    assert shown(text) == words


def test_a_line_is_not_broken_between_a_formula_and_a_word_it_is_part_of():
    set_two = "<math><msup><mrow></mrow><mn>2</mn></msup></math>"
    assert render_math("I$^2$OL, CO$^2$吸收 $^2$") == f"I\u2060{set_two}\u2060OL, CO\u2060{set_two}吸收 {set_two}"


def test_a_text_without_latex_is_only_escaped():
    assert render_math("a < b & \"c\" 'd'") == "a &lt; b &amp; &quot;c&quot; &#x27;d&#x27;"


ATTACKS = [
    *(r"\text{<script>alert(1)</script>}", r"\operatorname{<img src=x onerror=alert(1)>}", r"\operatorname{<b/>}"),
    *(r"\operatorname{</math><script>alert(1)</script>}", r"\operatorname{<mglyph/>}", r"\text{</mtext></math><svg>}"),
    *(r"\href{javascript:alert(1)}{x}", r"\url{javascript:alert(1)}", r"\class{a}{x}", r"\cssId{a}{x}"),
    *(r"\style{color:red;background:url(//e.example)}{x}", r"\data{hx-get=/x}{y}", r"\htmlData{hx-get=/x}{y}"),
    *(r'\color{red" onload="alert(1)}{x}', r"\color{red}{x}", r"\textcolor{url(//e.example)}{x}"),
    *(r"\unicode{x3c}script\unicode{x3e}", r"\char60", r"\eqref{x}", r"\label{a}x", r"\tag{<img src=x>}x"),
    *(r"\annotation-xml{x}", r"\xml{<annotation-xml encoding=text/html><img src=x onerror=alert(1)>}"),
    *(r"\begin{array}{<script>}x\end{array}", r"\begin{<script>}x\end{<script>}", r"\includegraphics{//e.example/x}"),
    *(r"\hspace{999em}x", r"\hspace{-999em}x", r"\raisebox{-99em}{x}", r"\mathop{x}", r"\cancel{x}", r"\boxed{x}"),
    *("x<script>alert(1)</script>", 'x" onmouseover="alert(1)', "x&lt;script&gt;", "&#60;script&#62;x^2", "x\x00^2"),
    *("x\ufffe^2", "x\x0b^2", "x^{<!--}y^{-->}", "x^{<![CDATA[}y^{]]>}", "x^{<?php ?>}"),
    *("<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)>x^2", "<mtext><table><mglyph><style>x^2"),
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_of_an_attack_in_a_formula_only_listed_elements_come_out(attack):
    for html in (render_math(f"${attack}$"), render_math(attack), render_math(rf"\[{attack}\]"), mathml(attack) or ""):
        seen = Seen(html)
        assert seen.others == []
        for tag, attributes in seen.tags:
            assert tag in ELEMENTS
            assert all(ATTRIBUTES[name].fullmatch(value) for name, value in attributes.items())


@pytest.mark.parametrize(
    "markup",
    [
        "<math><mtext><script>alert(1)</script></mtext></math>",
        "<math><annotation-xml encoding='text/html'><p>x</p></annotation-xml></math>",
        "<math><semantics><mi>x</mi></semantics></math>",
        "<math><maction actiontype='toggle'><mi>x</mi></maction></math>",
        "<math><mtext><a href='#x'>x</a></mtext></math>",
        "<math><mo><b></mo></math>",
        "<math><mi>&nbsp;</mi></math>",
        "<!DOCTYPE math [<!ENTITY x 'y'>]><math><mi>&x;</mi></math>",
        "<math><mi>x</mi></math><script>alert(1)</script>",
        "<svg><mi>x</mi></svg>",
        "<p><math><mi>x</mi></math></p>",
        "<math xmlns='http://www.w3.org/1999/xhtml'><mi>x</mi></math>",
        "x",
        "",
    ],
)
def test_the_converter_is_not_believed(markup):
    assert rebuilt(markup) is None


def test_attributes_that_are_not_listed_are_left_out():
    given = (
        '<math display="block" class="x" onclick="alert(1)"><mspace width="99em" style="position:fixed" height="1em"/>'
        '<mi href="javascript:alert(1)" xlink="x" id="main" mathvariant="normal" hx-get="/x">x</mi></math>'
    )
    assert rebuilt(given) == (
        '<math display="block"><mspace height="1em"></mspace><mi mathvariant="normal">x</mi></math>'
    )


def test_text_between_elements_is_left_out():
    assert rebuilt("<math>a<mrow>b<mi>x</mi>c</mrow></math>") == "<math><mrow><mi>x</mi></mrow></math>"


NESTED = {
    "braces": ("{", "}"),
    "open braces": ("{", ""),
    "roots": (r"\sqrt{", "}"),
    "fences": (r"\left(", r"\right)"),
    "round brackets": ("(", ""),
    "hats": (r"\hat", ""),
    "commands of one letter": (r"\c", ""),
    "superscripts": ("x^{", "}"),
    "tables": (r"\begin{matrix}", r"\end{matrix}"),
    "texts": (r"\text{", "}"),
    "optional": (r"\sqrt[", "]"),
}


@pytest.mark.parametrize("length", [DEEPEST // 2, 2 * DEEPEST, 40_000])
def test_deep_nesting_neither_kills_the_process_nor_takes_long(length):
    """In a process of its own and in a thread with little stack, as some systems have it."""
    pieces = [f"${first * length}x{last * length}$" for first, last in NESTED.values()]
    code = (
        "import sys, threading\nfrom app.markup import render_math\nthreading.stack_size(512 * 1024)\n"
        "texts = sys.stdin.read().split('\\0')\ndone = []\n"
        "thread = threading.Thread(target=lambda: done.extend(map(render_math, texts)))\n"
        "thread.start()\nthread.join()\nprint(len(done))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], input="\0".join(pieces), capture_output=True, text=True, timeout=60, check=True
    )
    assert int(ran.stdout) == len(NESTED)


@pytest.mark.parametrize(
    "piece", ["$", "$x", r"\(", r"\[", "{", r"\textbf{", "$x$", r"\'e", "~", "``", "$a b c ", "{\\'e"]
)
def test_long_texts_of_anything_are_read_in_reasonable_time(piece):
    start = time.process_time()
    for length in (50_000, 200_000):
        render_math(piece * (length // len(piece)))
    assert time.process_time() - start < 8


def test_what_was_found_is_marked_beside_a_formula():
    found = (Piece("A "), Piece("shelf", is_match=True), Piece(" of $x^2$ books"))
    assert render_marked(found) == ("A <mark>shelf</mark> of <math><msup><mi>x</mi><mn>2</mn></msup></math> books")


def test_a_formula_that_holds_what_was_found_is_marked_whole():
    found = (Piece("I like $\\"), Piece("alpha", is_match=True), Piece("$ & <b>"))
    assert render_marked(found) == "I like <mark><math><mi>α</mi></math></mark> &amp; &lt;b&gt;"


def test_marks_without_latex_are_as_they_were():
    assert render_marked((Piece("<i> "), Piece("a&b", is_match=True))) == "&lt;i&gt; <mark>a&amp;b</mark>"


XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize("render", [render_math, render_inline, render_markdown])
@pytest.mark.parametrize(
    "text",
    [
        *ATTACKS,
        r"$\alpha$ & <b>  é",
        "a\x00b\x1fc\ufffe $x$",
        "a\\\nb<br>c&nbsp;$x$\n\n---\n\n<b title='x'>d",
        "e&shy;f",
    ],
)
def test_for_feeds_all_of_it_is_well_formed(render, text):
    xml = fit_for_xml(f'<div xmlns="http://www.w3.org/1999/xhtml">{as_xhtml(render(text))}</div>')
    root = ElementTree.fromstring(xml)  # noqa: S314
    names = {element.tag for element in root.iter()} - {f"{XHTML}div"}
    assert names <= {f"{{{NAMESPACE}}}{name}" for name in ELEMENTS} | {f"{XHTML}{name}" for name in ALLOWED_TAGS}


@pytest.mark.parametrize("render", [render_markdown, render_inline])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("$a_1*b$ and *$b_2$* more", "⟦a1∗b⟧ and ⟦b2⟧ more", id="signs of emphasis"),
        pytest.param("`$x$` and $x$", "$x$ and ⟦x⟧", id="code"),
        pytest.param("**重点：**CO$_2$", "重点：CO⟦2⟧", id="Chinese"),
        pytest.param("[see $x^2$](https://a.example/$y$)", "see ⟦x2⟧", id="a link"),
        pytest.param("![$x$](https://a.example/1.png)", "$x$", id="an image"),
        pytest.param(r"Fr\'echet, 10\%, \textbf{G}raph", "Fréchet, 10%, Graph", id="commands"),
        pytest.param(r"\*a\* \[1\](b) \[x\] \(x^2\)", "*a* [1](b) [x] ⟦x2⟧", id="what Markdown escapes"),
        pytest.param("$x &lt; y$ &amp; <b>$z$</b>", "⟦x<y⟧ & ⟦z⟧", id="entities"),
        pytest.param("<p>$x &lt; y$ &amp; <b>$z$</b></p>", "⟦x<y⟧ & ⟦z⟧", id="HTML"),
        pytest.param("<p>10\\% &lt;b&gt; $x$</p>", "10% <b> ⟦x⟧", id="text in HTML"),
        pytest.param("<pre>$x$ &lt;b&gt;</pre>", "$x$ <b>", id="code in HTML"),
        pytest.param("<p>so <code>$x_1$</code> $x$</p>", "so $x_1$ ⟦x⟧", id="code within HTML"),
        pytest.param("$5 and $6", "$5 and $6", id="money"),
    ],
)
def test_formulas_stand_in_markdown_too(render, text, words):
    assert bracketed(render(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://a.example/>$x$">words</a> $x$',
        '<p><a href="https://a.example/>$x$">words</a> $x$</p>',
        "<p><a href='https://a.example/\"$x$'>words</a> $x$",
        '<p title="$x$" class="$x$">a > $x$',
        "<p><a href=https://a.example/$x$>words</a> $x$</p>",
        "[words](https://a.example/$x$ '$x$') $x$",
        "<https://a.example/$x$> $x$",
    ],
)
@pytest.mark.parametrize("render", [render_markdown, render_inline])
def test_within_a_tag_no_formula_is_put(render, text):
    seen = Seen(render(text))
    assert [tag for tag, _ in seen.tags].count("math") == 1
    for _, attributes in seen.tags:
        assert "<" not in "".join(attributes.values())
        assert "\ufdd0" not in "".join(attributes.values())


@pytest.mark.parametrize("mark", ["\ufdd0{}.0\ufdd1", "&#xFDD0;{}.0&#xFDD1;", "&#64976;{}.0&#64977;"])
@pytest.mark.parametrize("around", ["{} $x$", "<p>{} $x$</p>", '<p><a href="https://a.example/{}">$x$</a></p>'])
def test_the_mark_of_a_formula_cannot_be_forged(mark, around):
    html = render_markdown(around.format(mark.format("0" * 16)))
    assert html.count("<math>") == 1


@pytest.mark.parametrize("render", [render_markdown, render_inline])
@pytest.mark.parametrize("attack", ATTACKS)
def test_of_an_attack_in_markdown_only_listed_elements_come_out(render, attack):
    for text in (f"${attack}$", attack, rf"\({attack}\)", f"<p>${attack}$</p>", f"<b>${attack}", f"[${attack}$](x)"):
        seen = Seen(render(text))
        assert seen.others == []
        for tag, attributes in seen.tags:
            assert tag in ELEMENTS | ALLOWED_TAGS
            if tag in ELEMENTS:
                assert all(ATTRIBUTES[name].fullmatch(value) for name, value in attributes.items())
            else:
                assert attributes.keys() <= {"href", "rel", "start"}


@pytest.mark.parametrize("piece", ["$", r"\(", "{", r"\textbf{", "$x$ ", "<p>$", "<b $x$", "$x$<"])
@pytest.mark.parametrize("render", [render_markdown, render_inline])
def test_long_markdown_of_anything_is_read_in_reasonable_time(render, piece):
    start = time.process_time()
    render(piece * (50_000 // len(piece)))
    assert time.process_time() - start < 8


TOKENS = [
    *"$$$$\\{}()[]^_~&<>\"'` \n-.x15é高",
    *("$x$", "$$", "``", "''", r"\(", r"\)", r"\[", r"\]", r"\text{", r"\frac", r"\sqrt", r"\left(", r"\right)"),
    *(r"\begin{matrix}", r"\end{matrix}", r"\hat", r"\emph{", r"\href{", r"\'e", r"\%", r"\,", r"{\em "),
    *("<b>", "</b>", "<code>", "<script>", "&lt;", "<p>", "\n\n", r"\operatorname{", r"\color{red}"),
]
LATEX = st.lists(st.sampled_from(TOKENS), max_size=30).map("".join)


@settings(max_examples=150, deadline=None)
@given(LATEX)
def test_whatever_is_written_only_listed_elements_come_out_and_feeds_stay_well_formed(text):
    for render in (render_math, render_inline, render_markdown):
        html = render(text)
        assert {tag for tag, _ in Seen(html).tags} <= ELEMENTS | ALLOWED_TAGS
        ElementTree.fromstring(fit_for_xml(f"<div>{as_xhtml(html)}</div>"))  # noqa: S314


@settings(max_examples=150, deadline=None)
@given(LATEX, st.data())
def test_marks_change_nothing_else(text, data):
    """The text in pieces, some of them found: without the marks it is what it is without a search."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)) | {0, len(text)})
    found = [Piece(text[start:end], data.draw(st.booleans())) for start, end in pairwise(cuts)]
    html = render_marked(found)
    assert html.replace("<mark>", "").replace("</mark>", "") == render_math(text)
    assert ("<mark>" in html) <= any(piece.is_match for piece in found)
