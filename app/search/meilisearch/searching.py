"""One search: the requests it takes, and their answers as results."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from meilisearch import Client

from app.search.index import FACETS, MAX_HITS, SearchHit, SearchQuery, SearchResults
from app.search.meilisearch.asking import Part, parts, words
from app.search.meilisearch.checking import stand_in_a_row
from app.search.meilisearch.conjunctions import Alternatives, Conjunction, Row
from app.search.meilisearch.correcting import LIKE_WORDS, like_words
from app.search.meilisearch.encoding import original
from app.search.meilisearch.filters import among_ids, chosen
from app.search.meilisearch.settings import FIELDS, PLAIN, TEXTS

MOST_CHECKED = 500
"""Papers whose texts are read to see whether a long phrase is there; with more, the total is not known exactly."""
RARE = 3
"""A word that fewer papers have may be misspelled."""
LEAST_WEIGHT = 0.01
_STRICTLY = {"matchingStrategy": "all", "locales": ["eng"], "attributesToRetrieve": ["paper_id"]}

Asked = dict[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Window:
    """The page of hits that is asked of the server, and which of them are wanted: its pages begin at multiples."""

    page: int
    size: int
    skipped: int
    limit: int

    @classmethod
    def of(cls, query: SearchQuery) -> "Window":
        offset = min(max(query.offset, 0), MAX_HITS)
        limit = max(0, min(query.limit, MAX_HITS - offset))
        if limit and offset % limit == 0:
            return cls(offset // limit + 1, limit, 0, limit)
        return cls(1, offset + limit if limit else 0, offset, limit)

    def hits(self, found: Sequence[Answer]) -> list[SearchHit]:
        wanted = found[self.skipped : self.skipped + self.limit]
        return [SearchHit(int(hit["paper_id"]), _score(hit)) for hit in wanted]


class Search:
    """A query as it is asked of one index. `sort` is none where the best come first."""

    def __init__(self, client: Client, uid: str, query: SearchQuery, sort: list[str] | None) -> None:
        self._client, self._uid = client, uid
        self._filters = list(chosen(query))
        self._window = Window.of(query)
        self._facets = list(FACETS) if query.with_facets else []
        self._sort = sort
        self._is_exact = True

    def results(self, alternatives: Alternatives, misspelled: Collection[str] = ()) -> SearchResults:
        """Papers that one of the alternatives holds for; also by words like those that are misspelled."""
        asked = self._all_asked(alternatives, misspelled)
        if not asked:
            return SearchResults((), 0, {name: {} for name in FACETS})
        found, facets = self._one(asked[0]) if len(asked) == 1 else self._several(asked)
        corrections = like_words(misspelled, found["hits"]) if misspelled else {}
        is_exact = self._is_exact and alternatives.are_all
        hits = self._window.hits(found["hits"])
        return SearchResults(hits, int(found["totalHits"]), _facets(facets), is_exact, corrections)

    def seldom_found(self, rows: Sequence[Row]) -> list[str]:
        """The words that are in so few papers that they may be misspelled; of a beginning, if nothing begins so."""
        asked = [words(Part((row,))) | _STRICTLY | {"indexUid": self._uid, "hitsPerPage": 0} for row in rows]
        found = self._client.multi_search(asked)["results"] if asked else []
        enough = [1 if row.is_open else RARE for row in rows]
        counted = zip(rows, found, enough, strict=True)
        return [row.words[0] for row, answer, least in counted if answer["totalHits"] < least]

    def _all_asked(self, alternatives: Alternatives, misspelled: Collection[str]) -> list[Asked]:
        is_alone = len(alternatives.ways) == 1 and not alternatives.groups
        asked = [self._asked(way, misspelled, is_alone=is_alone) for way in alternatives.ways]
        return [*asked, self._rest(alternatives.groups, misspelled)] if alternatives.groups else asked

    def _rest(self, groups: Sequence[Sequence[Conjunction]], misspelled: Collection[str]) -> Asked:
        """All that some way finds, whether it was asked for by itself or not; ranked last."""
        united = [self._united([self._asked(way, misspelled, is_alone=False) for way in group]) for group in groups]
        return self._complete(words(Part(()), is_one_of_several=True), united) | self._weight(LEAST_WEIGHT)

    def _united(self, asked: Sequence[Asked]) -> str:
        queries = [{"indexUid": self._uid} | _without_order(one) for one in asked]
        found: Answer = self._client.multi_search(queries, federation={"page": 1, "hitsPerPage": MAX_HITS})
        self._is_exact &= found["totalHits"] <= MAX_HITS
        return among_ids(hit["paper_id"] for hit in found["hits"])

    def _one(self, asked: Asked) -> tuple[Answer, Answer]:
        page = {"page": self._window.page, "hitsPerPage": self._window.size}
        alone = {name: value for name, value in asked.items() if name != "federationOptions"}
        found = self._search(alone | page | {"facets": self._facets, "showRankingScore": self._sort is None})
        return found, found.get("facetDistribution", {})

    def _several(self, asked: Sequence[Asked]) -> tuple[Answer, Answer]:
        """The server unites them: a paper counts once, however many of them find it."""
        queries: list[Asked] = [{"indexUid": self._uid} | one for one in asked]
        page = {"page": self._window.page, "hitsPerPage": self._window.size}
        found: Answer = self._client.multi_search(
            queries, federation=page | {"facetsByIndex": {self._uid: self._facets}}
        )
        return found, found["facetsByIndex"][self._uid]["distribution"]

    def _asked(self, way: Conjunction, misspelled: Collection[str], *, is_alone: bool) -> Asked:
        first, *others = parts(way)
        conditions = [one.expression for one in way.conditions]
        apart = [self._found_apart(part) for part in others]
        asked = words(first, misspelled, is_one_of_several=not is_alone)
        told = LIKE_WORDS if misspelled else {}
        complete = self._complete(asked, [*conditions, *apart])
        if wrong := self._found_wrongly(first, _without_order(complete)):
            complete["filter"].append(f"NOT {among_ids(wrong)}")
        return complete | told | self._weight(way.weight)

    def _complete(self, asked: Asked, conditions: Sequence[str]) -> Asked:
        order = {"sort": self._sort} if self._sort else {}
        return asked | _STRICTLY | {"filter": [*self._filters, *conditions]} | order

    def _weight(self, weight: float) -> Asked:
        return {"federationOptions": {"weight": weight}} if self._sort is None else {}

    def _found_apart(self, part: Part) -> str:
        """What one request cannot ask together with the rest, as the ids that it finds by itself."""
        asked = words(part) | _STRICTLY | {"filter": self._filters}
        found = self._search(asked | {"page": 1, "hitsPerPage": MAX_HITS})
        self._is_exact &= found["totalHits"] <= MAX_HITS
        wrong = self._found_wrongly(part, asked)
        expression = among_ids({hit["paper_id"] for hit in found["hits"]} - wrong)
        return expression if part.is_wanted else f"NOT {expression}"

    def _found_wrongly(self, part: Part, asked: Asked) -> set[int]:
        """Papers that have all stretches of a row, but not the row."""
        rows = [row for row in part.rows if row.is_loose]
        if not rows:
            return set()
        fields = sorted({PLAIN[name] for row in rows for name in _fields(row)})
        page = {"page": 1, "hitsPerPage": MOST_CHECKED, "attributesToRetrieve": ["paper_id", *fields]}
        found = self._search(asked | page)
        self._is_exact &= found["totalHits"] <= MOST_CHECKED
        return {hit["paper_id"] for hit in found["hits"] if not all(_has(hit, row) for row in rows)}

    def _search(self, asked: Asked) -> Answer:
        options = {name: value for name, value in asked.items() if name != "q"}
        found: Answer = self._client.index(self._uid).search(asked["q"], options)
        return found


def _has(hit: Answer, row: Row) -> bool:
    """In one of the fields it must be in; of a field of no words nothing came."""
    return any(stand_in_a_row(row.words, hit.get(PLAIN[name], ())) for name in _fields(row))


def _fields(row: Row) -> tuple[str, ...]:
    return FIELDS[row.field] if row.field else TEXTS


def _without_order(asked: Asked) -> Asked:
    """Only which papers, not in which order."""
    return {name: value for name, value in asked.items() if name not in ("sort", "federationOptions")}


def _score(hit: Answer) -> float:
    federated = hit.get("_federation", {})
    return float(hit.get("_rankingScore", federated.get("weightedRankingScore", 0.0)))


def _facets(found: Answer) -> dict[str, dict[str, int]]:
    return {name: {original(one): int(n) for one, n in found.get(name, {}).items()} for name in FACETS}
