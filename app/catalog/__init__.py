"""Reading the library: which papers, in what order, a page at a time; and the index that search asks."""

from app.catalog.browsing import PAGE_SIZE, Listing, browse
from app.catalog.cards import Card, load_cards, newest_first
from app.catalog.coverage import Cell, Coverage, Row, State, coverage_of
from app.catalog.days import DigestCount, Neighbours, digests_in, neighbours, newest_day, papers_by_day
from app.catalog.facets import Facets
from app.catalog.filters import PARAMETERS, PaperFilter, Sort
from app.catalog.imports import (
    RunState,
    RunSummary,
    SourceState,
    files_of_run,
    find_run,
    list_runs,
    list_sources,
    running_import,
)
from app.catalog.indexing import (
    IndexStatus,
    index_status,
    is_known_in_step,
    note_in_step,
    rebuild_index,
    sync_index,
)
from app.catalog.names import NameCount, find_named, list_authors, list_tags, list_topics
from app.catalog.originals import Marks, find_original, marks_between
from app.catalog.reading import digest_original, find_digest, find_paper, pasted_paper
from app.catalog.revisions import NOW, count_revisions, find_state, state_bytes, state_original, states_of
from app.catalog.revisions import State as DigestState
from app.periods import Period

__all__ = [
    "NOW",
    "PAGE_SIZE",
    "PARAMETERS",
    "Card",
    "Cell",
    "Coverage",
    "DigestCount",
    "DigestState",
    "Facets",
    "IndexStatus",
    "Listing",
    "Marks",
    "NameCount",
    "Neighbours",
    "PaperFilter",
    "Period",
    "Row",
    "RunState",
    "RunSummary",
    "Sort",
    "SourceState",
    "State",
    "browse",
    "count_revisions",
    "coverage_of",
    "digest_original",
    "digests_in",
    "files_of_run",
    "find_digest",
    "find_named",
    "find_original",
    "find_paper",
    "find_run",
    "find_state",
    "index_status",
    "is_known_in_step",
    "list_authors",
    "list_runs",
    "list_sources",
    "list_tags",
    "list_topics",
    "load_cards",
    "marks_between",
    "neighbours",
    "newest_day",
    "newest_first",
    "note_in_step",
    "papers_by_day",
    "pasted_paper",
    "rebuild_index",
    "running_import",
    "state_bytes",
    "state_original",
    "states_of",
    "sync_index",
]
