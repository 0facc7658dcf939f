"""What was to be filled in and never was: a model that did not know wrote the form instead of the answer."""

from collections.abc import Iterator

from app.digests.lint.cued import Cued
from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.markup import without_urls
from app.digests.lint.view import DigestView

PLACEHOLDER_TEXT = Rule(
    id="placeholder-text",
    title="Placeholder text",
    title_zh="占位文字",
    why="A form that was never filled in tells the reader nothing, and looks as if it did.",
)

_PLACEHOLDER = Cued(
    "",
    "待 填 插 留 换 补 仅 ] 】",
    # Not after an English word: “a photo of xxx” is a prompt that a paper may speak of. Not within an address.
    (("xxx",), r"(?<![A-Za-z0-9./_@*-])(?<![A-Za-z]\s)[xX]{3,}(?![A-Za-z0-9/_@-])(?!\.[A-Za-z])"),
    # “有待补充” is a judgement on the paper; “链接：待补充” is none.
    (
        ("待补", "待填", "待添", "待插"),
        r"(?:链接|地址|代码|信息|姓名|名称|单位|机构|网址|[:：(（\[【“\"])\s*待(?:补充|填写|填充|补全|添加|插入)",
    ),
    # “我们会及时更新，在此处填写” is a promise, not a form.
    (
        ("填写", "填入", "补充", "插入", "替换"),
        r"(?:[(（]|[：:，,]\s*)(?:此处|这里)(?:请|需要?|应该?|可以?|将)?(?:您)?(?:填写|填入|补充|插入|替换)",
    ),
    (
        ("填写", "填入", "补充", "插入", "替换", "留空", "留白"),
        r"(?:请|可|可以|应|需)在(?:此|此处|这里)(?:填写|填入|补充|插入|替换|留空|留白)",
    ),
    (
        ("填写", "填入"),
        r"请(?:您)?(?:直接|自行|在此处?|在这里|根据[^，。；,;]{0,16})?(?:填写|填入)(?!表|问卷|调查)",
    ),
    (("填写", "填入"), r"(?:根据|按照)(?:论文|文章|实际|具体|真实|原文)[^，。；,;]{0,14}(?:填写|填入)"),
    # “根据图像内容填充空洞” is a method.
    (("填充",), r"需要?(?:您)?根据(?:论文|文章|实际|具体|原文)[^，。；,;]{0,14}(?:进行|来)填充"),
    # “故填写为无” has been filled in.
    (
        ("填写",),
        r"(?<![故此以里时处])填写(?:为|成)?\s*+[“”\"'‘「]?(?:git\s?hub|代码)?\s*+[:：]?\s*+(?:None|无|N/A)(?![A-Za-z])",
    ),
    (("替换为", "替换成"), r"替换(?:为|成)(?:实际|真实|具体|正确)的?[^，。；,;]{0,8}(?:链接|网址|地址|姓名|名字|名称)"),
    (("仅为",), r"(?:回答|总结|内容|以上|链接)[^，。；,;]{0,6}仅为(?:模板|示例|占位)"),
    # A bracket that names what should stand in it, and is neither a link nor a label before one.
    (
        tuple(f"{last}{bracket}" for last in "接址名字库写" for bracket in "]】"),
        r"(?<!!)[\[【](?:请|此处|提供|论文|文章|代码|项目|原文|作者|Git\s?Hub|具体|真实|填写|\s++){0,24}"
        r"(?:链接|地址|网址|姓名|名字|仓库|填写){1,8}(?:地址|链接)?[\]】](?!\s*+[(:：\[]|\s*+（?\s*+http)",
    ),
    (("please fill",), r"\bplease fill in\b"),
    (("insert",), r"\binsert (?:link|url|name) here\b"),
    (("to be", "tbd"), r"[(（:：]\s*(?:to be (?:added|filled)|TBD)\s*+[)）。.]?\s*+$"),
    (("[your", "[insert"), r"\[(?:your|insert) [a-z ]{3,30}\](?!\()"),
)


def placeholder_text(digest: DigestView) -> Iterator[Finding]:
    for entry in digest.entries:
        for line, text, start in _PLACEHOLDER.find(entry, without_urls):
            yield Finding(
                rule=PLACEHOLDER_TEXT.id,
                sentence="Here stands a form to be filled in, or the instruction for it, instead of an answer.",
                sentence_zh="这里留下的是占位文字或填写说明，而不是内容。",
                line=line.number,
                position=entry.position,
                excerpt=excerpt(text, start),
            )
