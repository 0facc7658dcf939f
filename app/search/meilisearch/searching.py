"""One search: the requests it takes, and their answers as results."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from meilisearch import Client

from app.search.index import FACETS, MAX_HITS, SearchHit, SearchQuery, SearchResults
from app.search.meilisearch.asking import Part, parts, words
from app.search.meilisearch.checking import stand_in_a_row
from app.search.meilisearch.conjunctions import Conjunction, Row
from app.search.meilisearch.encoding import original
from app.search.meilisearch.filters import among_ids, chosen
from app.search.meilisearch.settings import FIELDS, PLAIN, TEXTS

MOST_CHECKED = 500
"""Papers whose texts are read to see whether a long phrase is there; with more, the total is not known exactly."""
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
        self._sort = sort
        self._is_exact = True

    def results(self, alternatives: Sequence[Conjunction], *, is_tolerant: bool) -> SearchResults:
        """Papers that one of the alternatives holds for."""
        asked = [self._asked(one, is_tolerant=is_tolerant, is_alone=len(alternatives) == 1) for one in alternatives]
        if not asked:
            return SearchResults((), 0, {name: {} for name in FACETS})
        found, facets = self._one(asked[0]) if len(asked) == 1 else self._several(asked, alternatives)
        hits = self._window.hits(found["hits"])
        return SearchResults(hits, int(found["totalHits"]), _facets(facets), self._is_exact)

    def _one(self, asked: Asked) -> tuple[Answer, Answer]:
        page = {"page": self._window.page, "hitsPerPage": self._window.size}
        found = self._search(asked | page | {"facets": list(FACETS), "showRankingScore": self._sort is None})
        return found, found["facetDistribution"]

    def _several(self, asked: Sequence[Asked], alternatives: Sequence[Conjunction]) -> tuple[Answer, Answer]:
        """The server unites them: a paper counts once, however many of them find it."""
        queries: list[Asked] = [one | {"indexUid": self._uid} for one in asked]
        if self._sort is None:
            for one, alternative in zip(queries, alternatives, strict=True):
                one["federationOptions"] = {"weight": alternative.weight}
        federation = {
            "page": self._window.page,
            "hitsPerPage": self._window.size,
            "facetsByIndex": {self._uid: list(FACETS)},
        }
        found: Answer = self._client.multi_search(queries, federation=federation)
        return found, found["facetsByIndex"][self._uid]["distribution"]

    def _asked(self, alternative: Conjunction, *, is_tolerant: bool, is_alone: bool) -> Asked:
        first, *others = parts(alternative)
        conditions = [one.expression for one in alternative.conditions]
        apart = [self._found_apart(part) for part in others]
        asked = words(first, is_tolerant=is_tolerant, is_one_of_several=not is_alone) | _STRICTLY
        asked["filter"] = [*self._filters, *conditions, *apart]
        if wrong := self._found_wrongly(first, asked):
            asked["filter"].append(f"NOT {among_ids(wrong)}")
        return asked | ({"sort": self._sort} if self._sort else {})

    def _found_apart(self, part: Part) -> str:
        """What one request cannot ask together with the rest, as the ids that it finds by itself."""
        asked = words(part, is_tolerant=False) | _STRICTLY | {"filter": self._filters}
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


def _score(hit: Answer) -> float:
    federated = hit.get("_federation", {})
    return float(hit.get("_rankingScore", federated.get("weightedRankingScore", 0.0)))


def _facets(found: Answer) -> dict[str, dict[str, int]]:
    return {name: {original(one): int(n) for one, n in found.get(name, {}).items()} for name in FACETS}
