"""A page as a tree, to ask what stands where."""

from collections.abc import Iterator
from html.parser import HTMLParser

from fastapi.testclient import TestClient

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "wbr"}


class Element:
    """A tag with its attributes and what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[Element | str] = []

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def get(self, attribute: str) -> str | None:
        return self.attributes.get(attribute)

    @property
    def text(self) -> str:
        """Its words, blanks squeezed."""
        return " ".join(self._raw().split())

    def all(self, tag: str | None = None, within: str | None = None, **wanted: str) -> "list[Element]":
        """Every element below that fits; `class_="card"` asks for one of its classes, `within` for an ancestor's id."""
        root = next((found for found in self._below() if found.get("id") == within), None) if within else self
        return [found for found in root._below() if found._fits(tag, wanted)] if root else []

    def one(self, tag: str | None = None, within: str | None = None, **wanted: str) -> "Element":
        """The only one that fits."""
        found = self.all(tag, within, **wanted)
        assert len(found) == 1, f"{len(found)} elements fit {tag} {wanted}"
        return found[0]

    def texts(self, tag: str | None = None, within: str | None = None, **wanted: str) -> list[str]:
        return [found.text for found in self.all(tag, within, **wanted)]

    def links(self, **wanted: str) -> dict[str, str]:
        """Of every link its words and its address."""
        return {found.text: found["href"] for found in self.all("a", **wanted) if found.get("href")}

    def _raw(self) -> str:
        return "".join(child if isinstance(child, str) else child._raw() for child in self.children)

    def _below(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._below()

    def _fits(self, tag: str | None, wanted: dict[str, str]) -> bool:
        return tag in (None, self.tag) and all(
            value in (self.get("class") or "").split() if name == "class_" else self.get(name.strip("_")) == value
            for name, value in wanted.items()
        )


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(client: TestClient, address: str, **headers: str) -> Element:
    """The page at an address, which must be there."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    return parse(answer.text)


def parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]
