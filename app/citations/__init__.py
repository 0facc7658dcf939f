"""How papers are cited: BibTeX, RIS, CSL-JSON, Markdown, and the tags by which a browser's helper knows a paper. Pure."""

from app.citations.bibtex import to_bibtex
from app.citations.csl import to_csl_json
from app.citations.embedded import meta_tags
from app.citations.markdown import to_markdown
from app.citations.ris import to_ris
from app.citations.work import Remark, Work

__all__ = ["Remark", "Work", "meta_tags", "to_bibtex", "to_csl_json", "to_markdown", "to_ris"]
