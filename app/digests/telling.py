"""What digests tell of a version of a paper: title, authors, abstract, comment.

Many digests repeat these, and they belong to the version, not to the digest. The first digest to name a version
tells its words, and a revision of that digest may correct them; later digests only fill what was left out. So the
library does not flicker between two spellings, and says the same however often files are imported.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.digests.document import ParsedEntry
from app.digests.naming import title_key
from app.digests.rows import named
from app.models import Author, Authorship, Digest, Paper, PaperVersion


class Teller:
    """Tells papers what the entries of one digest say of them."""

    def __init__(self, session: Session, digest: Digest, entries: Sequence[ParsedEntry]) -> None:
        self._digest = digest
        self._authors = named(session, Author, (name for entry in entries for name in entry.authors))
        session.flush()

    def tell(self, paper: Paper, entry: ParsedEntry) -> PaperVersion:
        """The version that the entry speaks of, knowing all that the entry knows."""
        number = entry.version or 0
        version = next((version for version in paper.versions if version.number == number), None)
        if version is None:
            version = PaperVersion(number=number, is_shown=False, digest_id=self._digest.id, authorships=[])
            self._say(version, entry)
            paper.versions.append(version)
        elif version.digest_id in (None, self._digest.id):
            version.digest_id = self._digest.id
            self._say(version, entry)
        else:
            self._fill(version, entry)
        return version

    def _say(self, version: PaperVersion, entry: ParsedEntry) -> None:
        version.title, version.title_key = entry.title, title_key(entry.title)
        version.abstract, version.comment = entry.abstract, entry.comment
        self._name(version, entry)

    def _fill(self, version: PaperVersion, entry: ParsedEntry) -> None:
        version.abstract = version.abstract or entry.abstract
        version.comment = version.comment or entry.comment
        if not version.authorships:
            self._name(version, entry)

    def _name(self, version: PaperVersion, entry: ParsedEntry) -> None:
        rows = [self._authors[name] for name in entry.authors]
        if [authorship.author for authorship in version.authorships] == rows:
            return
        kept = {authorship.position: authorship for authorship in version.authorships}
        version.authorships = [kept.get(place) or Authorship(position=place) for place in range(1, len(rows) + 1)]
        for authorship, author in zip(version.authorships, rows, strict=True):
            authorship.author, authorship.author_id = author, author.id
