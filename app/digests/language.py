"""What the library knows of its own language, to repair damaged digests with: learnt from the clean ones, when needed."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database
from app.digests.decoding import read_text
from app.digests.encoding import CharacterModel, train
from app.models import Digest

MOST_DIGESTS = 200
"""The newest clean digests are learnt from. More know hardly more, and each takes time: two hundred some seconds."""


class LibraryLanguage:
    """Learns once, when the first damaged file asks; a run of the importer keeps what was learnt."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._model: CharacterModel | None = None

    def __call__(self) -> CharacterModel:
        if self._model is None:
            with self._database.read() as session:
                self._model = learn(session)
        return self._model


def learn(session: Session) -> CharacterModel:
    """The language of the library as it is now. Takes a second or more if the library is large."""
    return train(clean_texts(session))


def clean_texts(session: Session) -> Iterator[str]:
    """What undamaged digests say, the newest first."""
    newest = select(Digest.original).where(~Digest.is_repaired).order_by(Digest.day.desc(), Digest.id.desc())
    for raw in session.scalars(newest.limit(MOST_DIGESTS)):
        yield read_text(raw).text
