"""Reading the library: which papers, in what order, a page at a time; and the index that search asks."""

from app.catalog.browsing import PAGE_SIZE, browse, list_papers
from app.catalog.calendars import Week, weeks_of
from app.catalog.card import Card, CardEntry, CardPaper
from app.catalog.cards import find_inside, load_cards, newest_first
from app.catalog.company import Company, company_of
from app.catalog.counts import Counts
from app.catalog.coverage import Cell, Coverage, Row, State, coverage_of
from app.catalog.days import DayPart, Neighbour, Neighbours, months, neighbours, newest_day, papers_by_day, parts_of_day
from app.catalog.facets import Facets
from app.catalog.filters import EXCLUSIONS, PARAMETERS, SIZES, PaperFilter, Sort
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
from app.catalog.keeping_up import KeepingUp
from app.catalog.kept import Kept
from app.catalog.listing import Listing
from app.catalog.name_lists import NameList, Names, NameSort, known_names, list_names
from app.catalog.names import NameCount, ancestors, children, find_named, spellings
from app.catalog.news import News, new_in, news_of
from app.catalog.ordering import Orders
from app.catalog.originals import Marks, find_original, marks_between
from app.catalog.over_time import Count, Step, papers_over_time, periods_of
from app.catalog.reading import digest_original, find_digest, find_paper, pasted_paper
from app.catalog.revisions import NOW, count_revisions, find_state, state_bytes, state_original, states_of
from app.catalog.revisions import State as DigestState
from app.catalog.snippets import with_snippets
from app.catalog.suggesting import Suggestion, suggest_authors, suggest_tags, suggest_topics
from app.catalog.tag_tree import Branch, grow
from app.catalog.topic_weeks import TopicWeeks, topics_by_week
from app.catalog.trends import Trend, Trends, trends_of
from app.periods import Period

__all__ = [
    "EXCLUSIONS",
    "NOW",
    "PAGE_SIZE",
    "PARAMETERS",
    "SIZES",
    "Branch",
    "Card",
    "CardEntry",
    "CardPaper",
    "Cell",
    "Company",
    "Count",
    "Counts",
    "Coverage",
    "DayPart",
    "DigestState",
    "Facets",
    "IndexStatus",
    "KeepingUp",
    "Kept",
    "Listing",
    "Marks",
    "NameCount",
    "NameList",
    "NameSort",
    "Names",
    "Neighbour",
    "Neighbours",
    "News",
    "Orders",
    "PaperFilter",
    "Period",
    "Row",
    "RunState",
    "RunSummary",
    "Sort",
    "SourceState",
    "State",
    "Step",
    "Suggestion",
    "TopicWeeks",
    "Trend",
    "Trends",
    "Week",
    "ancestors",
    "browse",
    "children",
    "company_of",
    "count_revisions",
    "coverage_of",
    "digest_original",
    "files_of_run",
    "find_digest",
    "find_inside",
    "find_named",
    "find_original",
    "find_paper",
    "find_run",
    "find_state",
    "grow",
    "index_status",
    "is_known_in_step",
    "known_names",
    "list_names",
    "list_papers",
    "list_runs",
    "list_sources",
    "load_cards",
    "marks_between",
    "months",
    "neighbours",
    "new_in",
    "newest_day",
    "newest_first",
    "news_of",
    "note_in_step",
    "papers_by_day",
    "papers_over_time",
    "parts_of_day",
    "pasted_paper",
    "periods_of",
    "rebuild_index",
    "running_import",
    "spellings",
    "state_bytes",
    "state_original",
    "states_of",
    "suggest_authors",
    "suggest_tags",
    "suggest_topics",
    "sync_index",
    "topics_by_week",
    "trends_of",
    "weeks_of",
    "with_snippets",
]
