"""Nested tags as a tree: "nerf/dynamic" stands below "nerf". Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.catalog.names import NameCount, may_be_nested


@dataclass(slots=True)
class Branch:
    """A tag with those nested in it; where no paper has the outer tag itself, only its name."""

    label: str
    tag: NameCount | None = None
    nested: list["Branch"] = field(default_factory=list)


def grow(tags: Iterable[NameCount]) -> Sequence[Branch]:
    """The tree of tags. Where the first of a branch stands in the order given, there the branch stands."""
    roots: list[Branch] = []
    known: dict[str, Branch] = {}
    for tag in tags:
        _branch(roots, known, tag.name).tag = tag
    for branch in known.values():
        if branch.tag and "/" not in branch.tag.name:
            branch.label = branch.tag.label
    return roots


def _branch(roots: list[Branch], known: dict[str, Branch], path: str) -> Branch:
    if path not in known:
        above, _, label = path.rpartition("/")
        is_nested = bool(above and label) and may_be_nested(path)
        known[path] = Branch(label if is_nested else path)
        siblings = _branch(roots, known, above).nested if is_nested else roots
        siblings.append(known[path])
    return known[path]
