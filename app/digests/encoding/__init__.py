"""Texts whose bytes were misread on their way to us: recognised, and made readable again."""

from app.digests.encoding.character_model import CharacterModel, train
from app.digests.encoding.mojibake import Codec, corrupt, detect
from app.digests.encoding.prior import priors
from app.digests.encoding.reading import Reading, read
from app.digests.encoding.repairing import repair

__all__ = [
    "CharacterModel",
    "Codec",
    "Reading",
    "corrupt",
    "detect",
    "priors",
    "read",
    "repair",
    "train",
]
