"""What digests tell of a version of a paper: title, authors, abstract, comment. Pure.

Many digests repeat these, and they belong to the version, not to the digest. The first digest to name a version
tells its words, and a revision of that digest may correct them; later digests only fill what was left out. So the
library does not flicker between two spellings, and says the same however often files are imported.
"""

from app.digests.document import ParsedEntry
from app.digests.known import KnownPaper, KnownVersion, Placed


def tell(paper: KnownPaper, item: Placed) -> KnownVersion:
    """The version that the entry speaks of, knowing all that the entry knows."""
    number = item.entry.version or 0
    version = paper.versions.get(number)
    if version is None:
        version = paper.versions[number] = KnownVersion(number, item.digest_id)
        _say(version, item)
    elif version.told_by in (None, item.digest_id):
        version.is_changed = version.is_changed or version.told_by is None
        version.told_by = item.digest_id
        _say(version, item)
    else:
        _fill(version, item.entry)
    return version


def _say(version: KnownVersion, item: Placed) -> None:
    entry = item.entry
    said = (entry.title, entry.abstract, entry.comment)
    if said != (version.title, version.abstract, version.comment):
        version.title, version.abstract, version.comment = said
        version.title_key = item.title_key
        version.is_changed = True
    _name(version, entry)


def _fill(version: KnownVersion, entry: ParsedEntry) -> None:
    filled = (version.abstract or entry.abstract, version.comment or entry.comment)
    version.is_changed = version.is_changed or filled != (version.abstract, version.comment)
    version.abstract, version.comment = filled
    if not version.authors:
        _name(version, entry)


def _name(version: KnownVersion, entry: ParsedEntry) -> None:
    if entry.authors != version.authors:
        version.authors = entry.authors
        version.are_authors_changed = True
