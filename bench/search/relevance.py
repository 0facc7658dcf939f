"""How often, and how high, the wanted paper is found: `python -m bench.search relevance [FOLDER …]`."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from app import catalog
from app.search import SearchIndex, SearchQuery
from bench.places import default_folder
from bench.search import engines, judged
from bench.search.asking import Asking, as_typed, widened
from bench.search.judged import Judged, Kind
from bench.search.library import documents_of, imported

DEPTH = 10
Rank = int | None


def main(arguments: Sequence[str]) -> None:
    given = _parser().parse_args(arguments)
    names = given.engines or engines.available()
    with imported(given.folders or [default_folder()]) as database, TemporaryDirectory() as place:
        queries = judged.draw(documents_of(database), given.seed, given.queries)
        with engines.opened(names, Path(place)) as opened:
            for engine in opened:
                catalog.sync_index(database, engine.index)
            ranks = {engine.name: [rank(engine.index, query) for query in queries] for engine in opened}
            terms = widened(database)
            for engine in opened:
                ranks[f"{engine.name}, terms"] = [rank(engine.index, query, terms) for query in queries]
            print(f"{opened[0].index.count()} papers, {len(queries)} queries, seed {given.seed}\n")
            _show(queries, ranks)
            for engine in opened:
                _show_failures(engine, queries, ranks[engine.name], given.failures)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.search relevance", description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, help="digests; the real ones if they are there, else the samples"
    )
    parser.add_argument("--engines", nargs="+", choices=engines.available())
    parser.add_argument("--seed", type=int, default=judged.SEED)
    parser.add_argument("--queries", type=int, default=judged.PER_KIND, help="of each kind, at most")
    parser.add_argument("--failures", type=int, default=0, help="how many failing queries of each kind are listed")
    return parser


def rank(index: SearchIndex, query: Judged, asking: Asking = as_typed) -> Rank:
    """At which place of the first ten the wanted paper stands; None if it does not."""
    hits = index.search(asking(query.text, DEPTH)).hits
    return next((place for place, hit in enumerate(hits, 1) if hit.paper_id == query.paper_id), None)


def reciprocal_rank(ranks: Iterable[Rank]) -> float:
    """The mean of one over the place; nothing for what was not found."""
    return mean(1 / rank if rank else 0.0 for rank in ranks)


def recall(ranks: Iterable[Rank]) -> float:
    """The share that was found."""
    return mean(float(rank is not None) for rank in ranks)


def _show(queries: Sequence[Judged], ranks: dict[str, list[Rank]]) -> None:
    columns = [f"{name} {measure}" for name in ranks for measure in ("MRR@10", "recall@10")]
    print("| query | queries | papers that hold it, mean |", " | ".join(columns), "|")
    print("|---" * (3 + len(columns)) + "|")
    for kind in Kind:
        if places := [number for number, query in enumerate(queries) if query.kind is kind]:
            _show_row(kind, places, queries, ranks)
    _show_row("**all**", range(len(queries)), queries, ranks)
    print()


def _show_row(name: str, places: Sequence[int], queries: Sequence[Judged], ranks: dict[str, list[Rank]]) -> None:
    holders = mean(queries[place].holders for place in places)
    cells = [
        f"{measure([found[place] for place in places]):.3f}"
        for found in ranks.values()
        for measure in (reciprocal_rank, recall)
    ]
    print(f"| {name} | {len(places)} | {holders:.1f} |", " | ".join(cells), "|")


def _show_failures(
    engine: engines.Engine[SearchIndex], queries: Sequence[Judged], ranks: Sequence[Rank], most: int
) -> None:
    for kind in Kind if most else ():
        of_kind = [(query, found) for query, found in zip(queries, ranks, strict=True) if query.kind is kind]
        missed = sum(found is None for _, found in of_kind)
        print(f"{engine.name}, {kind}: {missed} of {len(of_kind)} not among the first ten")
        for query, found in sorted(of_kind, key=lambda one: -(one[1] or DEPTH + 1))[:most]:
            if found != 1:
                results = engine.index.search(SearchQuery(query.text, limit=1))
                first = results.hits[0].paper_id if results.hits else "nothing"
                place = f"paper {query.paper_id} at {found or 'no'} place, {first} at the first"
                print(f"    {query.text!r}: {place}; {results.total} found, {query.holders} hold it")
