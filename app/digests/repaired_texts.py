"""The text of a digest's original, line by line: as it came, and as it was repaired."""

from collections import OrderedDict
from threading import Lock

from sqlalchemy.orm import Session

from app.digests.decoding import read_text, with_newlines
from app.digests.language import learn
from app.models import Digest

MOST_TEXTS = 16


def text_as_it_came(digest: Digest, raw: bytes) -> str:
    """What the bytes say, repaired or not; what is cut off in the middle of a character shows as U+FFFD."""
    return with_newlines(raw.decode(digest.encoding, "replace"))


class RepairedTexts:
    """Repairs damaged originals to be looked at. That takes a second or more, so the last ones are kept.

    Only what was read from a repaired text is stored, not the text. Repaired again, with all that the library has
    learnt since, a character here and there may be another; lines stay the same.
    """

    def __init__(self) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def read(self, session: Session, digest: Digest, raw: bytes) -> str:
        """The text of a repaired digest."""
        return self.read_state(session, digest.sha256, raw)

    def read_state(self, session: Session, sha256: str, raw: bytes) -> str:
        """What the bytes with this hash say, a digest's of today or of earlier; repaired if they are damaged.

        One is repaired at a time: who asks for the same waits for it. Raises UnreadableFileError.
        """
        with self._lock:
            if sha256 in self._texts:
                self._texts.move_to_end(sha256)
                return self._texts[sha256]
            decoded = read_text(raw, lambda: learn(session))
            if decoded.repaired:  # what needs no repair is read as quickly as it is kept
                self._keep(sha256, decoded.text)
            return decoded.text

    def _keep(self, sha256: str, text: str) -> None:
        self._texts[sha256] = text
        while len(self._texts) > MOST_TEXTS:
            self._texts.popitem(last=False)
