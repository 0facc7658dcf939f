"""One paper of a ChatPaperFree digest: a frame made by a machine around what a language model wrote.

## Title
**Authors:A, B**
abstract
[PDF](http://arxiv.org/abs/2412.90001v1) comment
**Summary** … **Key Takeaways** …
**[ChatPaperFree](…)**          ← from here to the last gallery: the analysis, opaque
<details> … <img src="…"> … </details>
"""

import re
from collections.abc import Sequence
from html import unescape

from app.digests.arxiv import read_arxiv_link
from app.digests.document import ParsedEntry, ParsedFigure
from app.digests.formats.author_line import read_authors
from app.digests.formats.chatpaperfree_labels import is_label, read_summary
from app.digests.text_lines import is_blank, passage, squeeze, trim

_PDF = re.compile(r"\s*\[PDF\]\(\s*(?P<url>[^\s()]*)\s*\)(?P<comment>.*)", re.IGNORECASE)
_MARKER = re.compile(r"\s*(?:\*\*)?\[ChatPaperFree\]\([^()]*\)(?:\*\*)?\s*$")
_IMAGE = re.compile(r"<img\b[^<>]*?\bsrc\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)


def parse_entry(lines: list[str], first_line: int) -> ParsedEntry:
    """`lines` begins with the heading and may end in blank lines."""
    gallery = last_gallery(lines)
    last = len(lines) if gallery is None else gallery[1]
    end = last if gallery is None else gallery[0]
    marker = next((i for i in range(1, end) if is_marker(lines[i])), end)
    frame, analysis = trim(lines[1:marker]), lines[marker + 1 : end]
    authors = read_authors(frame[0]) if frame else None
    if authors is not None:
        frame = frame[1:]
    abstract, arxiv, comment, rest = _split_at_pdf_line(frame)
    summary, key_points, left_over = read_summary(rest)
    return ParsedEntry(
        title=squeeze(lines[0][2:]),
        first_line=first_line,
        last_line=first_line + len(trim(["x", *lines[1:last]])) - 1,
        arxiv_id=arxiv[0] if arxiv else None,
        version=arxiv[1] if arxiv else None,
        authors=authors or (),
        abstract=abstract,
        comment=comment,
        summary=summary,
        key_points=key_points,
        # Without the marker nothing says where the analysis begins; what follows the last key point is all there is.
        analysis=passage(_without_galleries(analysis)) if marker < end else passage(left_over),
        figures=_figures(lines),
    )


def has_frame(section: Sequence[str]) -> bool:
    """Whether what follows a heading is an entry: authors on the first line, or a PDF line before any marker."""
    first = next((line for line in section if not is_blank(line)), "")
    if read_authors(first) is not None:
        return True
    for line in section:
        if is_marker(line):
            return False
        if _PDF.match(line):
            return True
    return False


def is_marker(line: str) -> bool:
    """The line after which the analysis begins."""
    return "[ChatPaperFree](" in line and _MARKER.match(line) is not None


def last_gallery(lines: Sequence[str]) -> tuple[int, int] | None:
    """First line, and line after the last, of the last gallery: an analysis may hold one of its own."""
    first = next((i for i in range(len(lines) - 1, -1, -1) if _opens_gallery(lines, i)), None)
    if first is None:
        return None
    closing = (i + 1 for i in range(first, len(lines)) if "</details>" in lines[i])
    return first, next(closing, len(lines))


def _opens_gallery(lines: Sequence[str], index: int) -> bool:
    """`<details>` with its `<summary>`; an analysis may speak of either without meaning a gallery."""
    line = lines[index].strip()
    if not line.startswith("<details"):
        return False
    following = next((other for other in lines[index + 1 : index + 4] if not is_blank(other)), "")
    return "<summary" in line or following.strip().startswith("<summary")


def _without_galleries(analysis: Sequence[str]) -> list[str]:
    """The screenshots of a gallery in the middle are read as figures; to show them in the text again helps no one."""
    kept: list[str] = []
    index = 0
    while index < len(analysis):
        end = _gallery_end(analysis, index) if _opens_gallery(analysis, index) else index
        kept.extend(analysis[index : index + 1] if end == index else [])
        index = max(end, index + 1)
    return kept


def _gallery_end(lines: Sequence[str], start: int) -> int:
    """The line after the gallery, or `start` if there is text within: then it is more than a gallery."""
    for index in range(start + 1, len(lines)):
        if "</details>" in lines[index]:
            return index + 1
        if not is_blank(lines[index]) and not lines[index].lstrip().startswith(("<summary", "<img")):
            return start
    return start


def _split_at_pdf_line(frame: Sequence[str]) -> tuple[str, tuple[str, int | None] | None, str, Sequence[str]]:
    """Abstract, arXiv id and version, comment, and the lines after. Without a PDF line the labels end the abstract."""
    for index, line in enumerate(frame):
        if pdf := _PDF.match(line):
            arxiv = read_arxiv_link(pdf["url"])
            return passage(frame[:index]).strip(), arxiv, squeeze(pdf["comment"]), frame[index + 1 :]
    labels = (i for i, line in enumerate(frame) if is_label(line))
    end = next(labels, len(frame))
    return passage(frame[:end]).strip(), None, "", frame[end:]


def _figures(lines: Sequence[str]) -> tuple[ParsedFigure, ...]:
    """Each screenshot once, in order, of all galleries."""
    urls: dict[str, None] = {}
    is_inside = False
    for index, line in enumerate(lines):
        is_inside = is_inside or _opens_gallery(lines, index)
        if is_inside:
            urls.update(dict.fromkeys(unescape(a or b).strip() for a, b in _IMAGE.findall(line)))
        if "</details>" in line:
            is_inside = False
    return tuple(ParsedFigure(url) for url in urls if url)
