"""An analysis that stops before its end, or never comes to one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.view import DigestView

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
_LAST_OF_OPEN = frozenset("的和与及并而或对于为将把被，、：:,（(“「")
"""As all of these end; most sentences end otherwise."""
_NEVER_MID = re.compile(r"[，、：:,]$")
"""Before a new section these may end a heading or a list; only the last line of all may not end so."""
_SECTION = re.compile(r"\s*(?:#{1,6}\s|\*{0,2}\d{1,2}\s*[.、．]\s*\S)")
_OPENED = re.compile(r"[（(][^（()）]{0,12}$")

_MARKS = "。！？；"
_SENTENCE = re.compile(rf"[^{_MARKS}]+[{_MARKS}]?")
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
_SAMPLE, _STEP, _LONGEST = 6, 26, 60
"""A sample of an echo comes again after at most the longest unit. Of an echo, the last unit and the last five characters
of the one before may begin none that does. The shortest is as long as 40 characters; eight, five times, leave 27 that
may, and nothing leaves less, which is more than a step."""
_SHORT_STEP = 14
"""As far as that many may begin a sample that comes twice again, in the shortest echo of 20 characters, three times."""
_MORE = 13
"""All of an echo but its last unit comes again: 32 characters or more (of eight, five times), 26 of them beside a sample."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def cut_off(digest: DigestView) -> Iterator[Finding]:
    """A person may end a note anywhere; a machine that ends so was stopped."""
    for view in digest.entries if digest.is_machine_made else ():
        said = [(index, text) for index, text in enumerate(view.analysis.plains) if text]
        texts = [text for _, text in said]
        for at, (index, text) in enumerate(said):
            is_last = at + 1 == len(said)
            if _stops_last(texts) if is_last else len(text) >= _PASSAGE and _stops_before(text, texts[at + 1]):
                yield Finding(
                    rule=CUT_OFF.id,
                    sentence="The analysis stops here in mid-sentence.",
                    sentence_zh="分析在这里戛然而止，句子没有写完。",
                    line=view.analysis.line(index).number,
                    position=view.position,
                    excerpt=excerpt(text, max(0, len(text) - 40)),
                )


def _stops_last(texts: Sequence[str]) -> bool:
    text = texts[-1]
    if not _CHINESE.search(text):
        return False
    return _is_open(text) or (_is_unended_prose(text) and _others_end(texts[:-1]))


def _stops_before(text: str, following: str) -> bool:
    is_open = _is_open(text) and not _NEVER_MID.search(text)
    return is_open and _SECTION.match(following) is not None and _CHINESE.search(text) is not None


def _is_open(text: str) -> bool:
    tail = text[-_TAIL:]
    if text[-1] in _LAST_OF_OPEN and _OPEN_END.search(tail):
        return True
    return ("（" in tail or "(" in tail) and _OPENED.search(tail) is not None


def _is_unended_prose(text: str) -> bool:
    return len(text) >= _PROSE and not _ENDED.search(text) and text[-1].isalpha() and "，" in text


def _others_end(texts: Sequence[str]) -> bool:
    """Whether this writer ends a sentence with a full stop; some never do, and then its absence says nothing."""
    prose = [text for text in texts if len(text) >= _PROSE]
    ended = sum(_ENDED.search(text[-1]) is not None for text in prose)
    return len(prose) >= 3 and ended * 10 >= len(prose) * 9


def repeating(digest: DigestView) -> Iterator[Finding]:
    for view in digest.entries:
        texts = view.analysis.plains
        whole = "\n".join(texts)
        found = (_repeated(texts) if _may_repeat(whole) else None) or _derailed(texts, whole)
        if found is not None:
            index, at, sentence, sentence_zh = found
            line = view.analysis.line(index)
            yield Finding(REPEATING.id, sentence, sentence_zh, line.number, view.position, excerpt(line.plain, at))


def _repeated(texts: Sequence[str]) -> tuple[int, int, str, str] | None:
    """The first sentence of those that are said three times: in a row, or so many that it is no turn of phrase."""
    sentences = [(index, said.strip()) for index, text in enumerate(texts) for said in _SENTENCE.findall(text)]
    counts = Counter(text for _, text in sentences if len(text) >= _MIN_REPEATED)
    often = {text for text, count in counts.items() if count >= _TIMES}
    if not often:
        return None
    rows = zip(sentences, sentences[1:], sentences[2:], strict=False)
    in_a_row = {text for (_, text), (_, second), (_, third) in rows if text in often and text == second == third}
    guilty = often if sum(map(len, often)) >= _MIN_COPIED else in_a_row
    seen: Counter[str] = Counter()
    for index, text in sentences:
        seen[text] += text in guilty
        if seen[text] == 2:
            at = max(0, texts[index].find(text))
            times = counts[text]
            return index, at, f"The analysis says this {times} times.", f"分析把这句话写了 {times} 遍。"
    return None


def _may_repeat(text: str) -> bool:
    """Whether one of its sentences that are long enough stands there often enough, perhaps without its last mark."""
    for mark in _MARKS:
        text = text.replace(mark, "\n")
    long = [said.strip() for said in text.split("\n") if len(said) >= _MIN_REPEATED - 1]
    return len(long) - len(set(long)) >= _TIMES - 1 and max(Counter(long).values()) >= _TIMES


def _derailed(texts: Sequence[str], whole: str) -> tuple[int, int, str, str] | None:
    """The first line that says the same over and over, or runs on. Hardly any text has one: `whole` is asked first."""
    with_echo = _lines_with_echo(whole)
    if not (with_echo or _may_run_on(whole)):
        return None
    for index, text in enumerate(texts):
        if index in with_echo and (at := _echo(text)) is not None:
            return index, at, "The analysis says the same over and over.", "分析在反复说同样的话。"
        for run in _RUN.finditer(text) if _may_run_on(text) else ():
            length = len(run[0])
            if len(_CHINESE.findall(run[0])) >= _MIN_CHINESE:
                return (
                    index,
                    run.start(),
                    f"The analysis runs on here for {length} characters without any punctuation.",
                    f"分析在这里连续 {length} 个字没有任何标点，模型已经失控。",
                )
    return None


def _may_run_on(text: str) -> bool:
    """Whether so many characters hold none of the commonest marks: it takes a look or two at each stretch of as many."""
    at = 0
    while (end := at + _MIN_RUN) <= len(text):
        after = (text.rfind("，", at, end) + 1) or (text.rfind(" ", at, end) + 1)
        at = after or (text.rfind("\n", at, end) + 1) or (text.rfind("。", at, end) + 1)
        if not at:
            return True
    return False


def _lines_with_echo(text: str) -> set[int]:
    """The lines that may hold an echo, by number from 0, for a sample in them soon comes again: few do."""
    samples = range(0, len(text) - _SAMPLE, _STEP)
    again = [at for at in samples if text[at : at + _SAMPLE] in text[at + 1 : at + _LONGEST + _SAMPLE]]
    likely = [at for at in again if _goes_on(text, at)]
    return set(accumulate(text.count("\n", before, at) for before, at in pairwise([0, *likely])))


def _goes_on(text: str, at: int) -> bool:
    """Whether more than the sample comes again: as much, on one side of it, as an echo has at least."""
    sample = text[at : at + _SAMPLE]
    again = text.find(sample, at + 1, at + _LONGEST + _SAMPLE)
    while again >= 0:
        if text[at : at + _MORE + _SAMPLE] == text[again : again + _MORE + _SAMPLE]:
            return True
        if at >= _MORE and text[at - _MORE : at] == text[again - _MORE : again]:
            return True
        again = text.find(sample, again + 1, at + _LONGEST + _SAMPLE)
    return False


def _echo(text: str) -> int | None:
    """Where an echo begins. It is looked for only around samples that soon come again: few do."""
    at = 0
    while at < len(text) - _SAMPLE:
        if text.find(text[at : at + _SAMPLE], at + 1, at + _LONGEST + _SAMPLE) < 0:
            at += _STEP
            continue
        start = max(0, at - _LONGEST)
        around = text[start : at + 4 * _LONGEST]
        for echo in (*_ECHO.finditer(around), *_STUTTER.finditer(around)) if _comes_thrice(around) else ():
            if len(echo[0]) >= _MIN_ECHO and len(_CHINESE.findall(echo[1])) >= min(4, len(echo[1])):
                return start + echo.start()
        at += _LONGEST  # what begins before would have been found whole
    return None


def _comes_thrice(text: str) -> bool:
    """Whether a sample comes again, and then once more."""
    for at in range(0, len(text) - _SAMPLE, _SHORT_STEP):
        sample = text[at : at + _SAMPLE]
        again = text.find(sample, at + 1, at + _LONGEST + _SAMPLE)
        if again >= 0 and text.find(sample, again + 1, again + _LONGEST + _SAMPLE) >= 0:
            return True
    return False
