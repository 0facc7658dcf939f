"""An analysis that stops before its end, or never comes to one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.view import DigestView, Line

CUT_OFF = Rule(
    id="analysis-cut-off",
    title="Analysis cut off",
    title_zh="分析被截断",
    why="The model reached its limit of words in mid-sentence; what it wanted to say is missing.",
)
REPEATING = Rule(
    id="analysis-repeats",
    title="Analysis repeats itself or runs on",
    title_zh="分析重复或失控",
    why="The model lost the thread: it says the same again, or goes on without a full stop.",
)

_PROSE = 40
_PASSAGE = 120
_TAIL = 16
_ENDED = re.compile(r"[。！？!?.…”\"』」）)】》>;；~～]$")
_OPEN_END = re.compile(
    r"(?:(?<![目标是])的|(?<![饱总融调缓之温])和|(?<!参)与|以及|(?<![合吞兼])并|而|或|针对|(?:对|基|由|关|用|鉴)于|(?<![行人])为|将|把|被"
    r"|[，、：:,（(“「])$"
)
_NEVER_MID = re.compile(r"[，、：:,]$")
"""Before a new section these may end a heading or a list; only the last line of all may not end so."""
_SECTION = re.compile(r"\s*(?:#{1,6}\s|\*{0,2}\d{1,2}\s*[.、．]\s*\S)")
_OPENED = re.compile(r"[（(][^（()）]{0,12}$")

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
_MIN_REPEATED = 20
_MIN_COPIED = 60
_TIMES = 3
_ECHO = re.compile(r"(.{20,60}?)\1{2,}")
_STUTTER = re.compile(r"([\u4e00-\u9fff]{2,12}?)\1{4,}")
_MIN_RUN = 150
_RUN = re.compile(
    r"(?<![^\s。，、；：！？,.;:!?（）()\[\]【】“”\"'‘’《》<>|/…—])"
    rf"[^\s。，、；：！？,.;:!?（）()\[\]【】“”\"'‘’《》<>|/…—]{{{_MIN_RUN},}}"
)
_MIN_CHINESE = 100
_MIN_ECHO = 40
_SAMPLE, _STEP, _LONGEST = 6, 14, 60
"""A sample of an echo comes again after at most the longest unit, and then once more; of the shortest echo (20
characters, three times) the first 14 may begin such a sample, which is as far as a step."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def cut_off(digest: DigestView) -> Iterator[Finding]:
    """A person may end a note anywhere; a machine that ends so was stopped."""
    for view in digest.entries if digest.is_machine_made else ():
        lines = [line for line in view.analysis if line.plain]
        for index, line in enumerate(lines):
            if _stops_short(lines, index):
                yield Finding(
                    rule=CUT_OFF.id,
                    sentence="The analysis stops here in mid-sentence.",
                    sentence_zh="分析在这里戛然而止，句子没有写完。",
                    line=line.number,
                    position=view.position,
                    excerpt=excerpt(line.plain, max(0, len(line.plain) - 40)),
                )


def _stops_short(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].plain
    is_last = index + 1 == len(lines)
    if not (is_last or len(text) >= _PASSAGE) or not _CHINESE.search(text):
        return False
    is_open = bool(_OPEN_END.search(text[-_TAIL:]) or _OPENED.search(text[-_TAIL:]))
    if is_last:
        return is_open or (_is_unended_prose(text) and _others_end(lines[:index]))
    if not is_open or _NEVER_MID.search(text):
        return False
    return _SECTION.match(lines[index + 1].plain) is not None


def _is_unended_prose(text: str) -> bool:
    return len(text) >= _PROSE and not _ENDED.search(text) and text[-1].isalpha() and "，" in text


def _others_end(lines: Sequence[Line]) -> bool:
    """Whether this writer ends a sentence with a full stop; some never do, and then its absence says nothing."""
    prose = [line.plain for line in lines if len(line.plain) >= _PROSE]
    ended = sum(_ENDED.search(text[-1]) is not None for text in prose)
    return len(prose) >= 3 and ended * 10 >= len(prose) * 9


def repeating(digest: DigestView) -> Iterator[Finding]:
    for view in digest.entries:
        found = _repeated(view.analysis) or _derailed(view.analysis)
        if found is not None:
            line, at, sentence, sentence_zh = found
            text = line.plain
            yield Finding(REPEATING.id, sentence, sentence_zh, line.number, view.position, excerpt(text, at))


def _repeated(lines: Sequence[Line]) -> tuple[Line, int, str, str] | None:
    """The first sentence of those that are said three times: in a row, or so many that it is no turn of phrase."""
    sentences = [(line, text.strip()) for line in lines for text in _SENTENCE.findall(line.plain)]
    counts = Counter(text for _, text in sentences if len(text) >= _MIN_REPEATED)
    often = {text for text, count in counts.items() if count >= _TIMES}
    if not often:
        return None
    rows = zip(sentences, sentences[1:], sentences[2:], strict=False)
    in_a_row = {text for (_, text), (_, second), (_, third) in rows if text in often and text == second == third}
    guilty = often if sum(map(len, often)) >= _MIN_COPIED else in_a_row
    seen: Counter[str] = Counter()
    for line, text in sentences:
        seen[text] += text in guilty
        if seen[text] == 2:
            at = max(0, line.plain.find(text))
            times = counts[text]
            return line, at, f"The analysis says this {times} times.", f"分析把这句话写了 {times} 遍。"
    return None


def _derailed(lines: Sequence[Line]) -> tuple[Line, int, str, str] | None:
    for line in lines:
        text = line.plain
        if len(text) < _MIN_ECHO:
            continue
        if (at := _echo(text)) is not None:
            return line, at, "The analysis says the same over and over.", "分析在反复说同样的话。"
        for run in _RUN.finditer(text) if len(text) >= _MIN_RUN else ():
            length = len(run[0])
            if len(_CHINESE.findall(run[0])) >= _MIN_CHINESE:
                return (
                    line,
                    run.start(),
                    f"The analysis runs on here for {length} characters without any punctuation.",
                    f"分析在这里连续 {length} 个字没有任何标点，模型已经失控。",
                )
    return None


def _echo(text: str) -> int | None:
    """Where an echo begins. It is looked for only around samples that come twice again soon: few do."""
    for at in range(0, len(text) - _SAMPLE, _STEP):
        sample = text[at : at + _SAMPLE]
        again = text.find(sample, at + 1, at + _LONGEST + _SAMPLE)
        if again < 0 or text.find(sample, again + 1, again + _LONGEST + _SAMPLE) < 0:
            continue
        start = max(0, at - _LONGEST)
        around = text[start : at + 4 * _LONGEST]
        for echo in (*_ECHO.finditer(around), *_STUTTER.finditer(around)):
            if len(echo[0]) >= _MIN_ECHO and len(_CHINESE.findall(echo[1])) >= min(4, len(echo[1])):
                return start + echo.start()
    return None
