"""Whether totals for Chinese are those of the plain substring: `python -m bench.search counts [FOLDER …]`.

Asked is every pair of characters in the library, and longer pieces drawn by chance, plainly and in quotes.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from app import catalog
from app.search import SearchIndex, SearchQuery
from bench.places import default_folder
from bench.search import engines
from bench.search.corpus import HAN_RUN, Corpus, texts_of
from bench.search.judged import SEED
from bench.search.library import documents_of, imported

LENGTHS = range(3, 9)


def main(arguments: Sequence[str]) -> None:
    given = _parser().parse_args(arguments)
    with imported(given.folders or [default_folder()]) as database, TemporaryDirectory() as place:
        corpus = Corpus(documents_of(database))
        with engines.opened(given.engines or engines.available(), Path(place)) as opened:
            for engine in opened:
                catalog.sync_index(database, engine.index)
                print(f"{engine.name}, {len(corpus.documents)} papers\n")
                print("| Chinese | asked | counted otherwise | examples: total, truth |\n|---|---|---|---|")
                _show_pairs(engine.index, some(pairs(corpus), given.pairs, given.seed))
                _show_pieces(engine.index, corpus, given.runs, given.seed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.search counts", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--engines", nargs="+", choices=engines.available())
    parser.add_argument("--pairs", type=int, help="so many of the pairs, by chance; otherwise every one")
    parser.add_argument("--runs", type=int, default=300, help="how many longer pieces of each length")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser


def pairs(corpus: Corpus) -> dict[str, int]:
    """Every pair of Chinese characters, and how many papers hold it."""
    held: Counter[str] = Counter()
    for text in corpus.texts:
        held.update({run[at : at + 2] for run in HAN_RUN.findall(text) for at in range(len(run) - 1)})
    return held


def some(truth: dict[str, int], number: int | None, seed: int) -> dict[str, int]:
    """So many of them, by chance; all if no number is given."""
    if number is None or number >= len(truth):
        return truth
    chosen = Random(seed).sample(sorted(truth), number)  # noqa: S311
    return {piece: truth[piece] for piece in chosen}


def pieces(corpus: Corpus, length: int, number: int, seed: int) -> dict[str, int]:
    """Pieces of so many characters, cut anywhere, and how many papers hold them."""
    source = Random(f"{seed} {length}")  # noqa: S311
    runs = [run for document in corpus.documents for run in _runs(texts_of(document)) if len(run) >= length]
    drawn = source.sample(runs, min(number, len(runs)))
    cut = {run[at : at + length] for run in drawn for at in [source.randint(0, len(run) - length)]}
    return {piece: corpus.holders(piece) for piece in sorted(cut)}


def _runs(texts: Iterator[str]) -> Iterator[str]:
    return (run for text in texts for run in HAN_RUN.findall(text))


def differing(index: SearchIndex, truth: dict[str, int], pattern: str = "{}") -> dict[str, tuple[int, int]]:
    """What the index counts otherwise: its total and the true one."""
    asked = ((piece, index.search(SearchQuery(pattern.format(piece), limit=1)).total) for piece in truth)
    return {piece: (total, truth[piece]) for piece, total in asked if total != truth[piece]}


def _show_pairs(index: SearchIndex, truth: dict[str, int]) -> None:
    _show_row("pairs", differing(index, truth), len(truth))


def _show_pieces(index: SearchIndex, corpus: Corpus, number: int, seed: int) -> None:
    for length in LENGTHS:
        truth = pieces(corpus, length, number, seed)
        _show_row(f"{length} characters", differing(index, truth), len(truth))
        _show_row(f"{length} characters, quoted", differing(index, truth, '"{}"'), len(truth))
    print()


def _show_row(name: str, wrong: dict[str, tuple[int, int]], asked: int) -> None:
    examples = "; ".join(f"{piece} {total}, {truth}" for piece, (total, truth) in list(wrong.items())[:5])
    print(f"| {name} | {asked} | {len(wrong)} | {examples} |", flush=True)
