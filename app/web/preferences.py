"""How a reader likes the pages: one cookie, which a browser keeps whether its reader is signed in or not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from starlette.requests import Request

from app.i18n import negotiate

PREFERENCES_COOKIE = "papershelf_preferences"
CHOICES = {
    "language": ("auto", "en", "zh"),
    "theme": ("auto", "light", "dark"),
    "density": ("comfortable", "compact"),
    "keyboard": ("on", "off"),
}
"""What can be chosen; the first of each holds until something is."""
_COOKIE = re.compile(r"[a-z]+:[a-z]+(?:\.[a-z]+:[a-z]+){0,7}")


@dataclass(frozen=True, slots=True)
class Preferences:
    """One choice of each kind."""

    language: str = "auto"
    """`auto`: as the browser asks."""
    theme: str = "auto"
    """`auto`: as the browser's system is."""
    density: str = "comfortable"
    keyboard: str = "on"
    """Whether single keys do something."""

    @classmethod
    def parse(cls, cookie: str) -> "Preferences":
        """What our cookie says; anything else says nothing."""
        said = cookie.split(".") if _COOKIE.fullmatch(cookie) else []
        return cls().but(**dict(part.split(":") for part in said))

    def but(self, **chosen: str) -> "Preferences":
        """The same, with something else chosen; what cannot be chosen is passed over."""
        return replace(self, **{name: value for name, value in chosen.items() if value in CHOICES.get(name, ())})

    def language_for(self, accepted: str) -> str:
        """The one that was chosen, else the one that the browser asks for."""
        return self.language if self.language != "auto" else negotiate(accepted)

    @property
    def cookie(self) -> str:
        """What differs from the first choices, as `parse` reads it."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return ".".join(f"{name}:{value}" for name, value in values.items() if value != CHOICES[name][0])


def read_preferences(cookies: Mapping[str, str]) -> Preferences:
    """What a browser's cookies say."""
    return Preferences.parse(cookies.get(PREFERENCES_COOKIE, ""))


def preferences_of(request: Request) -> Preferences:
    """Those of the one who asks."""
    found: Preferences = getattr(request.state, "preferences", Preferences())
    return found
