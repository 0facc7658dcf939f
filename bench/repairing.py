"""How exactly mojibake is repaired: `python -m bench.repairing [FOLDER]`.

Every clean digest below FOLDER is corrupted by the very process and repaired twice: knowing all other digests, and
knowing none. A digest that shares most of its papers, or much of its Chinese, with the damaged one is not "other".
"""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from time import process_time

from app.digests.encoding import CharacterModel, Codec, corrupt, detect, priors, read, repair, train
from app.errors import UnreadableFileError
from bench.places import REAL_DIGESTS

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
ARXIV = re.compile(r"\b\d{4}\.\d{4,5}\b")
TOO_MUCH_IN_COMMON = 0.3


@dataclass(frozen=True)
class Score:
    """How much of one digest came back as it was."""

    han: int = 0
    han_exact: int = 0
    chars: int = 0
    chars_exact: int = 0
    lines: int = 0
    lines_exact: int = 0
    holds: int = 0
    """1 if corrupting the repaired text makes the damaged one again."""

    def __add__(self, other: "Score") -> "Score":
        return Score(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Result:
    path: Path
    others: int
    seconds: float
    score: Score


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.repairing", description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=REAL_DIGESTS)
    arguments.add_argument("--codec", choices=["cp1252", "cp1254"], default="cp1254")
    arguments.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    arguments.add_argument(
        "--others", type=int, default=sys.maxsize, help="how many other digests the library holds at most"
    )
    given = arguments.parse_args()
    texts = _clean_digests(given.folder)
    print(f"{len(texts)} clean digests with Chinese below {given.folder}, corrupted as {given.codec}\n")
    jobs = [(path, most, given.codec) for most in (given.others, 0) for path in texts]
    with ProcessPoolExecutor(given.processes, get_context("fork")) as pool:
        results = list(pool.map(_measure, *zip(*((texts, *job) for job in jobs), strict=True), chunksize=1))
    _show("library of the others", results[: len(texts)])
    _show("empty library", results[len(texts) :])


def _clean_digests(folder: Path) -> dict[Path, str]:
    texts: dict[Path, str] = {}
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        try:
            text = read(path.read_bytes()).text
        except UnreadableFileError:
            continue
        if not detect(text) and HAN.search(text):
            texts[path] = text
    return texts


def _measure(texts: dict[Path, str], path: Path, most_others: int, codec: Codec) -> Result:
    text = texts[path]
    models: tuple[CharacterModel, ...] = priors()
    others = _others(texts, path, most_others)
    if others:
        models = (*models, train(others))
    damaged = corrupt(text, codec)
    started = process_time()
    repaired = repair(damaged, codec, models) if detect(damaged) else damaged
    seconds = process_time() - started
    return Result(path, len(others), seconds, _score(text, repaired, damaged, codec))


def _others(texts: dict[Path, str], path: Path, most: int) -> list[str]:
    """Digests of other papers; where fewer will do, some of every folder and year."""
    mine = _contents(texts[path])
    others = [text for other, text in texts.items() if other != path and not _overlap(mine, _contents(text))]
    return others if len(others) <= most else [others[number * len(others) // most] for number in range(most)]


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return len(mine & theirs) > TOO_MUCH_IN_COMMON * min(len(mine), len(theirs))


@cache
def _contents(text: str) -> frozenset[str]:
    """The papers it lists; where it names too few of them, its longer Chinese lines."""
    papers = frozenset(ARXIV.findall(text))
    return papers if len(papers) > 2 else frozenset(line for line in text.split("\n") if len(HAN.findall(line)) > 30)


def _score(text: str, repaired: str, damaged: str, codec: Codec) -> Score:
    pairs = [(was, now) for was, now in zip(text, repaired, strict=True) if not was.isascii()]
    han = [was == now for was, now in pairs if HAN.match(was)]
    lines = [was == now for was, now in zip(text.split("\n"), repaired.split("\n"), strict=True) if HAN.search(was)]
    return Score(
        han=len(han),
        han_exact=sum(han),
        chars=len(pairs),
        chars_exact=sum(was == now for was, now in pairs),
        lines=len(lines),
        lines_exact=sum(lines),
        holds=int(corrupt(repaired, codec) == damaged),
    )


def _show(title: str, results: Sequence[Result]) -> None:
    print(f"### {title}\n")
    print("| digest | others | Chinese exact | of | beyond ASCII exact | lines exact | CPU s | invariant |")
    print("|---|---|---|---|---|---|---|---|")
    for result in sorted(results, key=lambda result: result.score.han_exact / result.score.han):
        _row("/".join(result.path.parts[-2:]), str(result.others), result.score, result.seconds, 1)
    total = sum((result.score for result in results), Score())
    fewest = min(result.others for result in results)
    _row("**total**, longest", f"≥ {fewest}", total, max(result.seconds for result in results), len(results))
    print()


def _row(name: str, others: str, score: Score, seconds: float, digests: int) -> None:
    print(
        f"| {name} | {others} | {score.han_exact / score.han:.2%} | {score.han} "
        f"| {score.chars_exact / score.chars:.2%} | {score.lines_exact}/{score.lines} "
        f"| {seconds:.1f} | {score.holds}/{digests} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
