import time
from urllib.parse import urlsplit

import pytest

from app.markup import render_inline, render_markdown
from app.markup.mathematics import LONGEST
from app.markup.rendering import ALLOWED_TAGS
from tests.markup.seeing import Seen

ALLOWED_ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}}


def bare(html):
    """Without the blanks between blocks."""
    return "".join(line.strip() for line in html.splitlines())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("**重点：**内容", "<strong>重点：</strong>内容", id="closing after a full-width colon"),
        pytest.param("内容**“重点”**内容", "内容<strong>“重点”</strong>内容", id="around quotes"),
        pytest.param("**（重点）**内容", "<strong>（重点）</strong>内容", id="around brackets"),
        pytest.param("这是**重点**。", "这是<strong>重点</strong>。", id="before a full stop"),
        pytest.param("**方法：**NeRF", "<strong>方法：</strong>NeRF", id="a Latin word after a full-width colon"),
        pytest.param("**精度：**95%", "<strong>精度：</strong>95%", id="a number after a full-width colon"),
        pytest.param(
            "NeRF**（方法）**", "NeRF<strong>（方法）</strong>", id="a Latin word before a full-width bracket"
        ),
        pytest.param("**Key:** value", "<strong>Key:</strong> value", id="English"),
        pytest.param("*斜体，*内容", "<em>斜体，</em>内容", id="italics"),
        pytest.param("***重点：***内容", "<em><strong>重点：</strong></em>内容", id="both"),
        pytest.param("**한국어：**내용", "<strong>한국어：</strong>내용", id="Korean"),
        pytest.param("2 * 3 * 4", "2 * 3 * 4", id="arithmetic"),
        pytest.param("a ** b ** c", "a ** b ** c", id="blanks on both sides"),
        pytest.param("snake_case_name", "snake_case_name", id="underscores within a word"),
        pytest.param("**never closed：", "**never closed：", id="never closed"),
    ],
)
def test_emphasis_works_in_chinese_as_in_english(text, html):
    assert render_inline(text) == html


def test_an_indented_line_is_no_code():
    assert bare(render_markdown("One:\n\n    indented four\n\n\ttab")) == "<p>One:</p><p>indented four</p><p>tab</p>"


def test_a_fenced_block_is_code():
    assert bare(render_markdown("```python\n<b>\n```")) == "<pre><code>&lt;b&gt;</code></pre>"


@pytest.mark.parametrize("line", ["---", "===", "-", "="])
def test_a_line_of_dashes_under_text_makes_no_heading(line):
    assert not {"h1", "h2", "h4", "h5", "h6"} & {tag for tag, _ in Seen(render_markdown(f"Text\n{line}\nMore")).tags}


@pytest.mark.parametrize(
    "words",
    [
        "<Methods>",
        "<论文链接>",
        "<3D>",
        "a <b c",
        "x < y > z",
        "<Methods/>",
        "</Methods>",
        "<my-tag a=1>",
        "<!-- 注 -->",
    ],
)
@pytest.mark.parametrize("render", [render_markdown, render_inline])
def test_words_in_angle_brackets_stay_readable(render, words):
    seen = Seen(render(f"见 {words} 中"))
    assert seen.text.strip() == f"见 {words} 中"


@pytest.mark.parametrize(
    "address",
    ["figures/1.png", "/papers", "//evil.example", "#top", "?q=x", "javascript:alert(1)", "file:///etc/passwd", ""],
)
def test_a_link_that_leads_nowhere_loses_its_target_and_keeps_its_words(address):
    seen = Seen(render_markdown(f'[words](<{address}>) <a href="{address}">more</a>'))
    assert [attributes.get("href") for _, attributes in seen.tags] == [None] * len(seen.tags)
    assert "words" in seen.text
    assert "more" in seen.text


def test_a_link_outwards_tells_nothing_of_us():
    assert Seen(render_inline("[x](https://a.example/?b=1&c=2)")).tags == [
        ("a", {"href": "https://a.example/?b=1&c=2", "rel": "noopener noreferrer nofollow"})
    ]


@pytest.mark.parametrize(
    ("image", "words", "address"),
    [
        pytest.param("![a plot](https://a.example/1.png)", "a plot", "https://a.example/1.png", id="Markdown"),
        pytest.param("![](https://a.example/1.png)", "image", "https://a.example/1.png", id="without words"),
        pytest.param("![x](figures/1.png)", "x", None, id="dead"),
        pytest.param(
            '![x" onerror="alert(1)](https://a.example/")', 'x" onerror="alert(1)', "https://a.example/%22", id="quotes"
        ),
        pytest.param("![*bold* x](https://a.example/)", "*bold* x", "https://a.example/", id="emphasis"),
    ],
)
def test_an_image_becomes_a_link_to_it(image, words, address):
    seen = Seen(render_inline(image))
    assert [(tag, attributes.get("href")) for tag, attributes in seen.tags] == [("a", address)]
    assert seen.text == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# A", ["h4"]),
        ("###### A", ["h4"]),
        ("## A\n\n#### B\n\n## C", ["h4", "h5", "h4"]),
        ("# A\n## B\n### C\n#### D\n##### E", ["h4", "h5", "h6", "h6", "h6"]),
    ],
)
def test_headings_come_below_those_of_the_page_without_a_gap(text, shown):
    assert [tag for tag, _ in Seen(render_markdown(text)).tags] == shown


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
def test_headings_in_html_come_below_those_of_the_page_too(level):
    (tag, attributes), *rest = Seen(render_markdown(f"<H{level} class=x>Words</H{level}>")).tags
    assert (tag in {"h4", "h5", "h6"}, attributes, rest) == (True, {}, [])


def test_a_table_stays_a_table():
    tags = [tag for tag, _ in Seen(render_markdown("| a | b |\n|---|---|\n| **重：**一 | 2 |")).tags]
    assert tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "strong", "td"]


def test_tags_of_layout_leave_their_content():
    assert bare(render_markdown("<div><span>One</span> <font color=red>two</font></div>")) == "One two"


def test_an_inline_text_has_no_blocks_around_it():
    assert render_inline("one **two**") == "one <strong>two</strong>"


TAGS = [
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "svg",
    "math",
    "template",
    "base",
    "meta",
    "link",
    "noscript",
    "textarea",
    "title",
    "xmp",
]
ATTACKS = [
    *(f"<{tag}>alert(1)</{tag}>" for tag in TAGS),
    *(f"<{tag} src=//e.example href=//e.example action=//e.example onload=alert(1)>" for tag in TAGS),
    "<script>alert(1)",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT/x>alert(1)</SCRIPT\n>",
    "<script\x00>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)"//',
    "<image href=x onerror=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><set attributeName=href to=javascript:alert(1)></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><a xlink:href=javascript:alert(1)>x</a></math>",
    '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<style><!--</style><img src=x onerror=alert(1)>--></style>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title><a href='</title><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<p id=main class=masthead style='position:fixed;inset:0' name=user title=x lang=x dir=rtl>x</p>",
    "<b onmouseover=alert(1) tabindex=0 contenteditable autofocus onfocus=alert(1)>x</b>",
    "<b/onclick=alert(1)>x</b>",
    "<a/href=javascript:alert(1)>x</a>",
    "<a\nhref\n=\njavascript:alert(1)\n>x</a>",
    *(
        f'<b {name}="/papers/1/bookmark">x</b>'
        for name in (
            *("hx-get", "hx-post", "hx-trigger", "hx-on:load", "hx-on::after-request", "hx-vals", "hx-swap-oob"),
            *("data-hx-get", "data-hx-on:click", "HX-GET", "hx-config", "ws-connect", "sse-connect", "data-turbo"),
        )
    ),
    *(
        form.format(url)
        for url in (
            *("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)"),
            *("java\tscript:alert(1)", "java\nscript:alert(1)", "java&#9;script:alert(1)", "&#106;avascript:alert(1)"),
            *(
                "&#x6A;&#x61;vascript&colon;alert(1)",
                "javascript&#58;alert(1)",
                "vbscript:msgbox(1)",
                "feed:javascript:x",
            ),
            *(
                "data:text/html,<script>alert(1)</script>",
                "data:image/svg+xml;base64,PHN2Zz4=",
                "blob:x",
                "view-source:x",
            ),
            *(
                "javascript://https://a.example/%0aalert(1)",
                "//evil.example",
                "\\\\evil.example",
                "https:\\\\x",
                "cid:x",
            ),
        )
        for form in ('<a href="{}">x</a>', "[x]({})", "[x](<{}>)", "![x]({})", "<{}>", "[x][1]\n\n[1]: {}")
    ),
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example" onmouseover=alert(1))',
    '<https://a.example/"onmouseover=alert(1)>',
    '<a href="https://a.example" target=_top ping=//e.example download rel=opener referrerpolicy=unsafe-url>x</a>',
    "<ol start='1\" onclick=alert(1)' type=a reversed style=x><li value=9 onclick=alert(1)>x</ol>",
    "<table background=javascript:alert(1)><td background=x style=x colspan=9999999 onclick=alert(1)>x",
    "<blockquote cite=javascript:alert(1)>x</blockquote><q cite=javascript:alert(1)>x</q>",
    "<b><p><table><a href=javascript:alert(1)><b></a></table></p><i></b>x</i>",
    "</p></div></main></body><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<!doctype html [<!ENTITY x '<script>'>]>&x;",
    "<?php echo 1 ?><?xml-stylesheet href=javascript:alert(1)?>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "＜script＞alert(1)＜/script＞",
    "`<script>alert(1)</script>` ``` <img src=x onerror=alert(1)>",
    '```html" onmouseover=alert(1)\n<script>alert(1)</script>\n```',
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <svg/onload=alert(1)>\n\n> <iframe srcdoc='<script>alert(1)</script>'>\n\n- <embed src=//e.example>",
    "<div\nclass=x\n\nonclick=alert(1)>x",
    "<a href='https://a.example'><a href='javascript:alert(1)'>x</a></a>",
    "<b <script>alert(1)</script>>x</b>",
    "<p <img src=x onerror=alert(1)>",
    "\\<script>alert(1)\\</script>",
]


def test_there_are_many_attacks():
    assert len(set(ATTACKS)) >= 60


@pytest.mark.parametrize("render", [render_markdown, render_inline])
@pytest.mark.parametrize("text", ATTACKS)
def test_of_an_attack_nothing_but_harmless_tags_survives(render, text):
    for html in (render(text), render(render(text)), render(f"正文 {text} 正文"), render(f"<b>{text}")):
        seen = Seen(html)
        assert seen.others == []
        for tag, attributes in seen.tags:
            assert tag in ALLOWED_TAGS
            assert attributes.keys() <= ALLOWED_ATTRIBUTES.get(tag, set())
            assert urlsplit(attributes.get("href") or "https:").scheme in {"http", "https", "mailto"}


@pytest.mark.parametrize("render", [render_markdown, render_inline])
def test_the_words_after_an_attack_are_still_there(render):
    hidden = [text for text in ATTACKS if "正文" not in Seen(render(f"{text}\n\n正文")).text]
    assert hidden == []


HOSTILE = {
    "bold tags": "<b>",
    "blocks": "<blockquote>",
    "lists": "<ul><li>",
    "tables": "<table><tr><td>",
    "links": "<a href=https://a.example>",
    "unclosed tags": "<b",
    "unknown tags": "<x>",
    "misnested": "<a><b></a><i></b>",
    "lesser signs": "<",
    "asterisks": "*a ",
    "stars": "*",
    "chinese stars": "**重：",
    "underscores": "_a_",
    "brackets": "[",
    "images": "![",
    "links in links": "[a](",
    "references": "[a][",
    "backticks": "`a``",
    "quotes": "> ",
    "quote lines": ">\n",
    "list markers": "- ",
    "numbered": "1. a\n",
    "stairs": "a\n",
    "pipes": "|a",
    "entities": "&amp;",
    "backslashes": "\\",
    "comments": "<!--",
    "declarations": "<!A ",
    "autolinks": "<a@b.c",
    "blanks": " \t",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("render", [render_markdown, render_inline])
def test_long_texts_of_anything_are_rendered_in_reasonable_time(render, piece):
    """Just short enough to be rendered as Markdown, and far too long for it. The bound leaves room on a busy machine."""
    start = time.process_time()
    for length in (LONGEST, 200_000):
        render(piece * (length // len(piece)))
    assert time.process_time() - start < 8


def test_a_staircase_of_lists_is_rendered():
    render_markdown("\n".join("  " * depth + "- a" for depth in range(400)))
