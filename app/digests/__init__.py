"""From a Markdown file to rows and out again: detect the format, parse, import, export."""

from app.digests.arrivals import ImportResult, Outcome
from app.digests.comparing import Changes, EntryChange, FieldChange, Placed, compare
from app.digests.differing import Piece, Row, by_line, differences
from app.digests.document import ParsedDigest, ParsedEntry, ParsedFigure
from app.digests.drafts import Draft, lint_files
from app.digests.exporting import export_digests, export_revisions
from app.digests.files import FileReport, find_files
from app.digests.findings import lint_again
from app.digests.importer import import_digest
from app.digests.intake import import_file
from app.digests.language import LibraryLanguage
from app.digests.lint import RULES, require_rules
from app.digests.lint import Finding as LintFinding
from app.digests.merging import merge
from app.digests.offering import Offer, keep_apart, list_decisions, offers
from app.digests.parsing import parse_digest
from app.digests.repaired_texts import RepairedTexts, text_as_it_came
from app.digests.runs import RunResult, Trigger, is_news, run_import
from app.digests.source_files import Origin, known_files
from app.digests.sources import Holding, forget_source, look_into, register_sources, registered_sources
from app.digests.splitting import split
from app.digests.undoing import find_decision, undo
from app.digests.uploads import Upload, import_uploads, is_disk_full, settle, staging
from app.digests.watching import watch_sources

__all__ = [
    "RULES",
    "Changes",
    "Draft",
    "EntryChange",
    "FieldChange",
    "FileReport",
    "Holding",
    "ImportResult",
    "LibraryLanguage",
    "LintFinding",
    "Offer",
    "Origin",
    "Outcome",
    "ParsedDigest",
    "ParsedEntry",
    "ParsedFigure",
    "Piece",
    "Placed",
    "RepairedTexts",
    "Row",
    "RunResult",
    "Trigger",
    "Upload",
    "by_line",
    "compare",
    "differences",
    "export_digests",
    "export_revisions",
    "find_decision",
    "find_files",
    "forget_source",
    "import_digest",
    "import_file",
    "import_uploads",
    "is_disk_full",
    "is_news",
    "keep_apart",
    "known_files",
    "lint_again",
    "lint_files",
    "list_decisions",
    "look_into",
    "merge",
    "offers",
    "parse_digest",
    "register_sources",
    "registered_sources",
    "require_rules",
    "run_import",
    "settle",
    "split",
    "staging",
    "text_as_it_came",
    "undo",
    "watch_sources",
]
