"""From the bytes of a file to all that is known of it: its text, what it says, what is wrong with it. Pure."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from app.digests.decoding import read_text
from app.digests.document import ParsedDigest
from app.digests.encoding import CharacterModel
from app.digests.formats.limits import refuse_too_long
from app.digests.lint import Finding, lint
from app.digests.parsing import parse_digest


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was read, and what the lint found in it."""

    encoding: str = "utf-8"
    is_repaired: bool = False
    note: str = ""
    findings: tuple[Finding, ...] = ()


def read_digest(
    raw: bytes, model_source: Callable[[], CharacterModel] | None = None, switched_off: Collection[str] = ()
) -> tuple[ParsedDigest, Reading]:
    """What the file says. Raises UnreadableFileError, NotADigestError or DigestFormatError.

    `model_source` is asked for the library's language only if the text is damaged; `switched_off` are ids of lint rules.
    """
    decoded = read_text(raw, model_source)
    parsed = parse_digest(decoded.text)
    refuse_too_long(parsed)
    findings = lint(parsed, decoded.text, repaired=decoded.repaired, switched_off=switched_off)
    return parsed, Reading(decoded.encoding, decoded.repaired, decoded.note, findings)
