"""What a chatbot said to its user, and not about the paper."""

import re
from collections.abc import Iterator

from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.markup import said
from app.digests.lint.view import DigestView

CHAT_RESIDUE = Rule(
    id="chat-residue",
    title="Chat residue",
    title_zh="聊天残留",
    why="It speaks to who ran the model, not to who reads the digest, and often says that the model had no paper.",
)

_OPENINGS = (
    r"好的[，,！!。]",
    r"当然可以[，,！!。]",
    r"(?:以下|下面)是(?:我|回答|答复|(?:按照|根据|针对|基于|对)您)",
    r"(?:以下|下面)是(?:对|关于)(?:该|本|这篇|此)(?:篇)?(?:论文|文章)的?[^，。：:]{0,8}(?:总结|回答|概括|答复)[：:]?$",
    r"(?:sure|certainly|of course)[,!] (?:here|i|let)\b",
    r"here(?:'s| is) (?:the|a|my) (?:summary|translation|answer)\b",
)
"""Only at the beginning of a line."""

_SAYINGS = (
    r"希望(?:以上|上述|这个|这些|这|本|我的|能|可以|此)?[^，。！!；\n]{0,16}(?:对您|对你有|满足您|符合您|帮到您|帮助到您)",
    r"(?:根据|按照|依据|基于|遵循|符合|满足|针对)了?您(?:的|所|给|提供|指定|要求)",
    r"我(?:会|将|已|已经|来|可以|无法|能)?(?:尽力|尽量)?(?:为|帮|向)您",
    r"我(?:会|将)(?:尽力|尽量|按照(?:要求|格式|给定|上述))",
    r"请(?:您)?随时(?:告诉|告知|联系|与|向|提问|提出)(?:我|您)",
    r"请您(?:提供|谅解|放心|稍等|确保|告知|自行)",
    r"请(?:提供|确保您提供)(?:更多|更详细|具体|完整|该|论文|文章|相关)[^，。；]{0,14}(?:以便我|我(?:会|将|才))",
    r"(?:感谢|谢谢)您(?:的)?(?:理解|阅读|支持|耐心|提问|关注|使用|的)",
    r"(?:很|非常|十分)?(?:抱歉|对不起)[，,]?(?:目前|但)?(?:由于)?我(?:无法|不能|的|未|没有|们无法)",
    r"(?:由于|因为)?我(?:目前|暂时)?无法(?:直接|实时)?(?:访问|获取|查看|提供|给出|得知|确定)",
    r"由于您(?:没有|未|并未|提供|给出)",
    r"您(?:没有|未|并未|所)?(?:提供|给出|上传)的?(?:论文|文章|摘要|信息|内容|文本|要求|格式|链接|段落|要点)",
    # “请注意，以上总结基于摘要” may be said to the reader.
    r"请注意[，,：:][^。]{0,40}(?:我|您|以上[^，。]{0,4}回答|上述回答)",
    r"作为(?:一个|一名)?(?:AI|人工智能|大型?语言模型)(?:语言)?(?:模型|助手)?[，,]\s*我",
    r"\bas an ai(?: language)? (?:model|assistant)?,? i\b",
    r"\bi hope this (?:helps|summary|answer)\b|\bi(?:'m| am) sorry,? but i (?:can|could|do)",
    r"\b(?:feel free to|please) (?:ask|let me know)\b",
)
"""Anywhere, but not in quotes: there it is what a model in the paper said."""

_CUES = ("您", "你", "我", "as an ai", "i hope this", "sorry", "feel free", "please")
"""One of them is in each saying; most lines have none, and are passed over quickly."""

_OPENING = re.compile("|".join(_OPENINGS), re.IGNORECASE)
_SAYING = re.compile("(?<![“‘「『\"'])(?:" + "|".join(_SAYINGS) + ")", re.IGNORECASE)


def chat_residue(digest: DigestView) -> Iterator[Finding]:
    for entry in digest.entries:
        for line in entry.prose:
            text = said(line.plain)
            if found := _OPENING.match(text) or (_may_hold_one(text) and _SAYING.search(text)):
                yield Finding(
                    rule=CHAT_RESIDUE.id,
                    sentence="Here a chatbot speaks to its user.",
                    sentence_zh="这里是聊天机器人对其用户说的话，而不是对论文的介绍。",
                    line=line.number,
                    position=entry.position,
                    excerpt=excerpt(text, found.start()),
                )


def _may_hold_one(text: str) -> bool:
    lower = text.lower()
    return any(cue in lower for cue in _CUES)
