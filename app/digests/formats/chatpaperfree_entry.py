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

from app.digests.document import ParsedEntry, ParsedFigure
from app.digests.formats.author_line import read_authors
from app.digests.formats.chatpaperfree_labels import is_label, read_summary
from app.digests.formats.ledger import Ledger, joined
from app.digests.formats.paper_link import PaperLink, read_paper_link
from app.digests.text_lines import is_blank, passage, squeeze, without_blank_end

_PDF = re.compile(r"\s*\[PDF\]\(\s*(?P<url>[^\s()]*)\s*\)(?P<comment>.*)", re.IGNORECASE)
_MARKER = re.compile(r"\s*(?:\*\*)?\[ChatPaperFree\]\([^()]*\)(?:\*\*)?\s*$")
_MARKER_SIGN = "[ChatPaperFree]("
_IMAGE = re.compile(
    r"<img\b(?P<before>[^<>]*?)\bsrc\s*=\s*(?:\"(?P<url>[^\"<>]*)\"|'(?P<url2>[^'<>]*)')(?P<after>[^<>]*)>?",
    re.IGNORECASE,
)
_GALLERY_MARKUP = re.compile(r"</?details>|</?summary>|点此查看论文截图")
_USUAL_IMAGE = re.compile(r"<img src=\"([^\"<>]*)\" align=\"middle\">")
_USUAL = re.compile(r"(?:<img src=\"[^\"<>]*\" align=\"middle\">)+|</?details>| *<summary>点此查看论文截图</summary>|")
"""A line of a gallery as it nearly always is: nothing is left of it, and that is quickly seen."""
_BARE = frozenset(
    ["", "<details>", "</details>", "<summary>点此查看论文截图</summary>", "  <summary>点此查看论文截图</summary>"]
)
"""The same without any picture, seen more quickly still."""
_IMAGE_MARKUP = re.compile(r"\balign\s*=\s*[\"']middle[\"']|/\s*$")


def parse_entry(lines: list[str], first_line: int) -> ParsedEntry:
    """`lines` begins with the heading and may end in blank lines."""
    lines = without_blank_end(lines)
    ledger = Ledger(lines, first_line)
    ledger.read(0, "title")
    openings = _gallery_openings(lines)
    end = openings[-1] if openings else len(lines)
    marker = next((i for i in range(1, end) if _MARKER_SIGN in lines[i] and is_marker(lines[i])), end)
    start, authors = _authors(lines, marker, ledger)
    start, abstract, link, comment = _head(lines, start, marker, ledger)
    summary, key_points, start = read_summary(lines, start, marker, ledger)
    if marker < end:
        ledger.read(marker)
        start = marker + 1
    figures = _figures(lines, openings, ledger)
    analysis = _analysis(lines, start, end, openings, ledger)
    if openings:
        _read_gallery(lines, end, _closing(lines, end), ledger)
    return ParsedEntry(
        title=squeeze(lines[0][2:]),
        first_line=first_line,
        last_line=first_line + len(lines) - 1,
        arxiv_id=link.arxiv_id,
        version=link.version,
        authors=authors,
        abstract=abstract,
        comment=comment,
        summary=summary,
        key_points=key_points,
        analysis=analysis,
        figures=figures,
        doi=link.doi,
        url=link.url,
        rest=ledger.rest(),
        lines=ledger.lines(),
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
    return _MARKER_SIGN in line and _MARKER.match(line) is not None


def has_gallery(lines: Sequence[str]) -> bool:
    """Looked for from the end, where it nearly always is."""
    return any("<details" in lines[i] and _opens_gallery(lines, i) for i in range(len(lines) - 1, -1, -1))


def _gallery_openings(lines: Sequence[str]) -> list[int]:
    """The lines on which galleries open. The last is the entry's own: an analysis may hold some, too."""
    return [index for index, line in enumerate(lines) if "<details" in line and _opens_gallery(lines, index)]


def _opens_gallery(lines: Sequence[str], index: int) -> bool:
    """`<details>` with its `<summary>`; an analysis may speak of either without meaning a gallery."""
    line = lines[index].strip()
    if not line.startswith("<details"):
        return False
    following = next((other for other in lines[index + 1 : index + 4] if not is_blank(other)), "")
    return "<summary" in line or following.strip().startswith("<summary")


def _closing(lines: Sequence[str], opening: int) -> int:
    """The line after the last of a gallery."""
    return next((i + 1 for i in range(opening, len(lines)) if "</details>" in lines[i]), len(lines))


def _authors(lines: list[str], end: int, ledger: Ledger) -> tuple[int, tuple[str, ...]]:
    """Where to read on, and the names, if the first line under the heading holds them."""
    first = next((i for i in range(1, end) if not is_blank(lines[i])), end)
    authors = read_authors(lines[first]) if first < end else None
    if authors is None:
        return first, ()
    ledger.read(first, *(["authors"] if authors else []))
    return first + 1, authors


def _head(lines: list[str], start: int, end: int, ledger: Ledger) -> tuple[int, str, PaperLink, str]:
    """Where to read on, abstract, link and comment. Without a PDF line the labels end the abstract."""
    links = ((i, _PDF.match(lines[i])) for i in range(start, end) if "](" in lines[i])
    pdf, found = next(((i, link) for i, link in links if link), (None, None))
    until = next((i for i in range(start, end) if is_label(lines[i])), end) if pdf is None else pdf
    ledger.read_all("abstract", lines, range(start, until))
    abstract = passage(lines[start:until]).strip()
    if found is None:
        return until, abstract, PaperLink(), ""
    link = _read_link(found["url"])
    comment = squeeze(found["comment"])
    ledger.read(until, *link.fields, *(["comment"] if comment else []), left=link.left)
    return until + 1, abstract, link, comment


def _read_link(address: str) -> PaperLink:
    """The machine says that the paper is there, so any address on the web will do."""
    if link := read_paper_link(address):
        return link
    return PaperLink(url=address) if address.startswith(("http://", "https://")) else PaperLink(left=address)


def _analysis(lines: list[str], start: int, end: int, openings: Sequence[int], ledger: Ledger) -> str:
    """Without the marker nothing says where it begins; what follows the last key point is all there is.

    The screenshots of a gallery in the middle are read as figures; to show them in the text again helps no one.
    """
    if not any(start <= opening < end for opening in openings):
        ledger.read_all("analysis", lines, range(start, end))
        return passage(lines[start:end])
    kept: list[int] = []
    index = start
    for opening in openings:
        if index <= opening < end and (after := _gallery_end(lines, opening, end)) > opening:
            kept.extend(range(index, opening))
            _read_gallery(lines, opening, after, ledger)
            index = after
    kept.extend(range(index, end))
    ledger.read_all("analysis", lines, kept)
    return passage([lines[i] for i in kept])


def _gallery_end(lines: Sequence[str], start: int, end: int) -> int:
    """The line after the gallery, or `start` if there is text within: then it is more than a gallery."""
    for index in range(start + 1, end):
        if "</details>" in lines[index]:
            return index + 1
        if not is_blank(lines[index]) and not lines[index].lstrip().startswith(("<summary", "<img")):
            return start
    return start


def _read_gallery(lines: list[str], first: int, end: int, ledger: Ledger) -> None:
    """What a gallery holds beside its screenshots is left over."""
    for index in range(first, end):
        if lines[index] in _BARE or _USUAL.fullmatch(lines[index]):
            ledger.read(index)
            continue
        bare = _GALLERY_MARKUP.sub(" ", _IMAGE.sub(_image_left, lines[index]))
        ledger.read(index, left=joined(bare))


def _image_left(image: re.Match[str]) -> str:
    return f" {_IMAGE_MARKUP.sub(' ', joined(image['before'], image['after']))} "


def _figures(lines: Sequence[str], openings: Sequence[int], ledger: Ledger) -> tuple[ParsedFigure, ...]:
    """Each screenshot once, in order, of all galleries."""
    urls: dict[str, None] = {}
    end = 0
    for opening in openings:
        if opening < end:
            continue
        end = _closing(lines, opening)
        for index in range(opening, end):
            if lines[index] in _BARE:
                continue
            found = [unescape(url).strip() for url in _addresses(lines[index])]
            urls.update(dict.fromkeys(found))
            if any(found):
                ledger.note("figures", index)
    return tuple(ParsedFigure(url) for url in urls if url)


def _addresses(line: str) -> list[str]:
    """Of the images on a line of a gallery."""
    if image := _USUAL_IMAGE.fullmatch(line):
        return [image[1]]
    if _USUAL.fullmatch(line):
        return _USUAL_IMAGE.findall(line)
    return [image["url"] or image["url2"] or "" for image in _IMAGE.finditer(line)]
