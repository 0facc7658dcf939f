"""What a chatbot said to its user, and not about the paper."""

from collections.abc import Iterator

from app.digests.lint.cued import Cued
from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.markup import said
from app.digests.lint.view import DigestView

CHAT_RESIDUE = Rule(
    id="chat-residue",
    title="Chat residue",
    title_zh="聊天残留",
    why="It speaks to who ran the model, not to who reads the digest, and often says that the model had no paper.",
)

_QUOTES = "“‘「『\"'"
"""After one of them it is what a model in the paper said."""
_HERE_IS = tuple(f"{here}是{what}" for here in "下面" for what in "我回答按根针基对关")
_SAID = Cued(
    _QUOTES,
    "您 你 歉 起 请 随 好的 当然可以 下是 面是 我",
    # At the beginning of a line only.
    (("好的，", "好的,", "好的！", "好的!", "好的。"), r"\A好的[，,！!。]"),
    (("当然可以",), r"\A当然可以[，,！!。]"),
    (_HERE_IS, r"\A(?:以下|下面)是(?:我|回答|答复|(?:按照|根据|针对|基于|对)您)"),
    (
        _HERE_IS,
        r"\A(?:以下|下面)是(?:对|关于)(?:该|本|这篇|此)(?:篇)?(?:论文|文章)的?[^，。：:]{0,8}(?:总结|回答|概括|答复)[：:]?$",
    ),
    (("sure", "certainly", "of course"), r"\A(?:sure|certainly|of course)[,!] (?:here|i|let)\b"),
    (("here",), r"\Ahere(?:'s| is) (?:the|a|my) (?:summary|translation|answer)\b"),
    # Anywhere.
    (
        ("对您", "对你有", "足您", "合您", "到您"),
        r"希望(?:以上|上述|这个|这些|这|本|我的|能|可以|此)?[^，。！!；\n]{0,16}"
        r"(?:对您|对你有|满足您|符合您|帮到您|帮助到您)",
    ),
    (
        ("据您", "照您", "于您", "循您", "合您", "足您", "对您", "了您"),
        r"(?:根据|按照|依据|基于|遵循|符合|满足|针对)了?您(?:的|所|给|提供|指定|要求)",
    ),
    (("为您", "帮您", "向您"), r"我(?:会|将|已|已经|来|可以|无法|能)?(?:尽力|尽量)?(?:为|帮|向)您"),
    (("我会", "我将"), r"我(?:会|将)(?:尽力|尽量|按照(?:要求|格式|给定|上述))"),
    (("随时",), r"请(?:您)?随时(?:告诉|告知|联系|与|向|提问|提出)(?:我|您)"),
    (("请您",), r"请您(?:提供|谅解|放心|稍等|确保|告知|自行)"),
    (
        ("我会", "我将", "我才", "便我"),
        r"请(?:提供|确保您提供)(?:更多|更详细|具体|完整|该|论文|文章|相关)[^，。；]{0,14}"
        r"(?:以便我|我(?:会|将|才))",
    ),
    (("谢您",), r"(?:感谢|谢谢)您(?:的)?(?:理解|阅读|支持|耐心|提问|关注|使用|的)"),
    (
        ("抱歉", "对不起"),
        r"(?:很|非常|十分)?(?:抱歉|对不起)[，,]?(?:目前|但)?(?:由于)?我(?:无法|不能|的|未|没有|们无法)",
    ),
    (
        ("我无法", "我目前", "我暂时"),
        r"(?:由于|因为)?我(?:目前|暂时)?无法(?:直接|实时)?(?:访问|获取|查看|提供|给出|得知|确定)",
    ),
    (("由于您",), r"由于您(?:没有|未|并未|提供|给出)"),
    (
        ("您没", "您未", "您并", "您所", "您提", "您给", "您上"),
        r"您(?:没有|未|并未|所)?(?:提供|给出|上传)的?"
        r"(?:论文|文章|摘要|信息|内容|文本|要求|格式|链接|段落|要点)",
    ),
    # “请注意，以上总结基于摘要” may be said to the reader.
    (
        ("请注意",),
        r"请注意[，,：:][^。]{0,40}(?:我|您|以上[^，。]{0,4}回答|上述回答)",
    ),
    (
        tuple(f"{last}{comma}我" for last in "Ii能型手言" for comma in ("，", ",", "， ", ", ")),
        r"作为(?:一个|一名)?(?:AI|人工智能|大型?语言模型)(?:语言)?(?:模型|助手)?[，,] ?我",
    ),
    (("as an ai",), r"\bas an ai(?: language)? (?:model|assistant)?,? i\b"),
    (("i hope this",), r"\bi hope this (?:helps|summary|answer)\b"),
    (("sorry",), r"\bi(?:'m| am) sorry,? but i (?:can|could|do)"),
    (("feel free", "please"), r"\b(?:feel free to|please) (?:ask|let me know)\b"),
)


def chat_residue(digest: DigestView) -> Iterator[Finding]:
    for entry in digest.entries:
        for line, text, start in _SAID.find(entry, said):
            yield Finding(
                rule=CHAT_RESIDUE.id,
                sentence="Here a chatbot speaks to its user.",
                sentence_zh="这里是聊天机器人对其用户说的话，而不是对论文的介绍。",
                line=line.number,
                position=entry.position,
                excerpt=excerpt(text, start),
            )
