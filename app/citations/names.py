"""A person's name as citations want it: what it is sorted by, and the rest. Pure.

Digests give names as papers do: given names first in Latin script, the family name first and without a blank in Chinese
and Korean. Which part is the family's is a guess in any case, a good one for most and that of BibTeX: what stands behind
a particle ("Maria da Silva Monteiro"), else the last word.
"""

import re
from dataclasses import dataclass

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3·•‧]{2,}")
_DOUBLE_NAMES = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 诸葛 闻人 皇甫 尉迟 公孙 慕容 司徒 司空 夏侯 令狐 歐陽 司馬 諸葛 東方 尉遲"
)
"""Family names of two characters."""
_PARTICLE_WORDS = (
    "van von der den de del della di da dos das du des la le lo ter ten te zu zur zum af av al el bin ibn ben"
)
_DOUBLE = frozenset(_DOUBLE_NAMES.split())
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts; of a group's name all is in `family`."""

    family: str
    given: str = ""
    particle: str = ""
    """ "van", "de la": between the two, and not sorted by."""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """ "van Gogh, Vincent", as BibTeX and RIS are written."""
        family = f"{self.particle} {self.family}".strip()
        return ", ".join(part for part in (family, self.suffix, self.given) if part)


def split_name(name: str) -> PersonName:
    """The parts of a name as people write it; "Family, Given" too."""
    name = " ".join(name.split())
    if _IDEOGRAPHS.fullmatch(name):
        return _split_ideographs(name)
    if "," in name:
        return _split_inverted(name)
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1].strip(".").lower() in _SUFFIXES else ""
    return _split_words(words, suffix)


def _split_ideographs(name: str) -> PersonName:
    """A name with dots in it was transliterated from elsewhere, and is in the order it has there."""
    if not name.isalpha():
        return PersonName(name)
    length = 2 if name[:2] in _DOUBLE and len(name) > 2 else 1
    return PersonName(name[:length], name[length:])


def _split_inverted(name: str) -> PersonName:
    """ "Hopper, Grace", or "Davis, Jr., Sammy"; a suffix alone behind the comma is one: "Sammy Davis, Jr."."""
    family, *rest = (part.strip() for part in name.split(","))
    rest = [part for part in rest if part]
    if rest and all(_is_suffix(part) for part in rest):
        return _split_words(family.split(), rest[0])
    suffix = next((part for part in rest if _is_suffix(part)), "")
    given = " ".join(part for part in rest if part != suffix)
    words = family.split()
    particle = _leading_particles(words[:-1])
    return PersonName(" ".join(words[len(particle) :]), given, " ".join(particle), suffix)


def _split_words(words: list[str], suffix: str) -> PersonName:
    if len(words) < 2:
        return PersonName(" ".join(words), suffix=suffix)
    last = len(words) - 1
    start = next((place for place in range(1, last) if words[place] in _PARTICLES), last)
    particle = _leading_particles(words[start:last])
    family = words[start + len(particle) :]
    return PersonName(" ".join(family), " ".join(words[:start]), " ".join(particle), suffix)


def _leading_particles(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if word not in _PARTICLES:
            break
        found.append(word)
    return found


def _is_suffix(part: str) -> bool:
    return part.strip(".").lower() in _SUFFIXES
