"""No page says a word of another language: all that can be reached is read in both, from a library in one language.

What the library says is Chinese for one, English for the other, so a word of the wrong language is a word of ours.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.conftest import entry
from tests.web.html import Element, parse

SPOKEN = ("aria-label", "title", "placeholder", "alt", "content")
FILES = {"source", "diff"}
"""Classes of elements that show what a file says."""
SILENT = {"code", "kbd", "pre", "script", "style", "math", "svg"}
"""What is in these is no language: commands, keys, what is typed."""
NAMES = set(
    re.findall(r"\w+", "Papershelf arXiv DOI Markdown BibTeX RIS CSL JSON Atom SHA UTC MB YAML PDF HTML cookie")
)
NAMES |= {"front", "matter", "git", "OR", "Esc", "Ctrl", "English"}
"""Names, and words that Chinese readers know by these letters."""
SAMPLES = {"Gaussian splatting = 高斯泼溅"}
"""What shows how something is typed."""
LATIN = re.compile(r"(?<![A-Za-z0-9_.-])[A-Za-zÀ-ɏ]{2,}(?![A-Za-z0-9_-])")
LIST = re.compile(r"/(#|papers|(topics|tags|authors)/#)?")
ADDRESS = re.compile(r"https?://\S+")
HAN = re.compile(r"[\u3400-\u9fff]+")
MOST_OF_A_KIND = 2
"""Pages that differ only in numbers or names are read so often."""


def said(element: Element, language: str) -> Iterator[tuple[str, str]]:
    """Every text and every attribute that is read, with the language it is marked to be in."""
    language = (element.get("lang") or language).split("-")[0]
    if element.tag in SILENT or FILES & set((element.get("class") or "").split()):
        return
    for name in SPOKEN:
        if (text := element.get(name)) and (name != "content" or element.get("name") == "description"):
            yield language, text
    for child in element.children:
        if isinstance(child, str):
            yield language, child
        else:
            yield from said(child, language)


def kind(address: str) -> str:
    """What pages of one sort have in common; all lists of papers that are narrowed are one sort."""
    parts = urlsplit(address)
    path = re.sub(r"(?<=/)(?=[^/]*[\d%])[^/]+", "#", parts.path)
    path = re.sub(r"^/(topics|tags|authors|papers)/.+?(\.\w+)?$", r"/\1/#\2", path)
    asked = parts.query.partition("=")[0]
    return f"list?{asked}" if asked and LIST.fullmatch(path) else f"{path}?{asked}"


def pages(client, language: str) -> Iterator[tuple[str, Element]]:
    """Every page that can be reached by following links from the first one, some of each kind."""
    waiting, met, counts = ["/", "/no-such-page", "/2024-02-30", "/sign-in", "/sign-up"], set(), {}
    while waiting:
        address = waiting.pop(0)
        counts[kind(address)] = counts.get(kind(address), 0) + 1
        if counts[kind(address)] > MOST_OF_A_KIND:
            continue
        answer = client.get(address, headers={"Accept-Language": language})
        if answer.status_code in (301, 302, 303):
            waiting.append(urljoin(address, answer.headers["Location"]))
        elif answer.headers["Content-Type"].startswith("text/html"):
            page = parse(answer.text)
            yield address, page
            if address == "/help/search":  # leads to searches for words of both languages, which are no words of ours
                continue
            links = [urljoin(address, link.get("href") or "").partition("#")[0] for link in page.all("a")]
            new = [
                link for link in dict.fromkeys(links) if link.startswith("/") and "&" not in link and link not in met
            ]
            met.update(new)
            waiting += new


def strangers(client, language: str, letters: re.Pattern[str]) -> dict[str, str]:
    """Texts with a word of the other language on any page, each with a page that says it. What was asked is said again."""
    found = {}
    for address, page in pages(client, language):
        known = NAMES | set(letters.findall(unquote(address)))
        for marked, text in said(page, language):
            plain = " ".join(ADDRESS.sub("", text).split())
            if marked == language and text not in SAMPLES and set(letters.findall(plain)) - known:
                found.setdefault(plain, address)
    return found


CHINESE_NOTES = (
    """---
id: bi-ji-1
title: '20241207'
created: 1733500800000
updated: 1733500800000
---

## 论书架的光
#书架
#三维

作者张三。见 https://arxiv.org/abs/2412.00001v1

![图](https://tu.example/一.png)
![](./不在.png)

- **方法**：先摆书，再点灯。分析到此为止没有
""",
    """---
id: bi-ji-2
title: '20241206'
created: 1733414400000
updated: 1733414400000
---

## 论书架的光
#书架

另一段话。见 https://arxiv.org/abs/2412.00001v2

## 再论书架

好。

## 再论书架

很好。
""",
)
ENGLISH_NOTES = tuple(
    note.translate({ord(sign): "abcdefgh"[ord(sign) % 8] for sign in note if HAN.match(sign)}) for note in CHINESE_NOTES
)


@pytest.fixture
def admin(client):
    client.post("/sign-up", data={"name": "9", "password": "correct horse"})
    return client


def bring_in(admin, library, notes, *words):
    """Notes by upload, one changed afterwards; a file that is none; a digest of a format with authors and summaries."""
    for sent in (*notes, notes[0].replace("1733500800000\n---", "1733500900000\n---") + "\n##  9\n", "9"):
        admin.post("/imports", files=[("files", (f"{notes.index(sent) if sent in notes else 0}.md", sent.encode()))])
    title, author, other, said = words
    of_version = {"arxiv_id": "2412.00003", "authors": (author, other), "abstract": said}
    library.digest(
        entry(title, version=1, summary=said, key_points=(said,), analysis=said, **of_version),
        topic=title,
        day="2024-12-05",
    )
    library.digest(entry(title, version=2, summary=said + said, **of_version), topic=other, day="2024-12-04")
    library.digest(entry(title, authors=(author,)), entry(title, authors=(other,)), topic=other, day="2024-11-04")


@pytest.mark.parametrize(
    ("language", "other_letters", "notes", "words"),
    [
        ("zh", LATIN, CHINESE_NOTES, ("三论书架", "张三", "李四", "一段话。")),
        ("en", HAN, ENGLISH_NOTES, ("On shelves", "Ada Adams", "Bob Brown", "Some words.")),
    ],
    ids=["Chinese", "English"],
)
def test_pages_say_nothing_in_the_other_language(admin, library, language, other_letters, notes, words):
    bring_in(admin, library, notes, *words)
    found = strangers(admin, language, other_letters)
    assert not found, "\n".join(f"{where}: {text}" for text, where in found.items())
