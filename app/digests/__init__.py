"""From a Markdown file to rows and out again: detect the format, parse, import, export."""

from app.digests.document import ParsedDigest, ParsedEntry, ParsedFigure
from app.digests.exporting import export_digests
from app.digests.files import FileReport, find_files, import_file
from app.digests.findings import lint_again
from app.digests.importer import ImportResult, Outcome, find_unchanged, import_digest
from app.digests.language import LibraryLanguage
from app.digests.lint import RULES
from app.digests.parsing import parse_digest
from app.digests.source_files import Origin

__all__ = [
    "RULES",
    "FileReport",
    "ImportResult",
    "LibraryLanguage",
    "Origin",
    "Outcome",
    "ParsedDigest",
    "ParsedEntry",
    "ParsedFigure",
    "export_digests",
    "find_files",
    "find_unchanged",
    "import_digest",
    "import_file",
    "lint_again",
    "parse_digest",
]
