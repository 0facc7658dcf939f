"""CSL-JSON: what citation processors such as pandoc and Zotero speak. Pure."""

import json
from collections.abc import Sequence
from typing import Any

from app.citations.keys import citation_keys
from app.citations.names import split_name
from app.citations.work import Work


def to_csl_json(works: Sequence[Work]) -> str:
    """A list with an item for each. CSL calls a preprint "article"; one with a journal would be "article-journal"."""
    items = [_item(work, key) for work, key in zip(works, citation_keys(works), strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(work: Work, key: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": key,
        "type": "article",
        "title": work.title,
        "author": [_author(name) for name in work.authors],
        "issued": {"date-parts": [list(work.submitted)]} if work.submitted else None,
        "publisher": "arXiv" if work.arxiv_id else "",
        "number": f"arXiv:{work.arxiv_id}" if work.arxiv_id else "",
        "DOI": work.doi,
        "URL": work.url,
        "note": work.comment,
        "abstract": work.abstract,
        "language": work.language,
    }
    return {name: value for name, value in values.items() if value}


def _author(name: str) -> dict[str, str]:
    parts = split_name(name)
    if not parts.given:
        return {"literal": name}
    values = {
        "family": parts.family,
        "given": parts.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {part: value for part, value in values.items() if value}
