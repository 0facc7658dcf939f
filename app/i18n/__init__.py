"""The words of the interface in the reader's language. Whoever asks need not know which that is: a request has one.

Templates say `_("Papers")` and `ngettext("%(num)d paper", "%(num)d papers", n)`, code the same with these functions.
"""

from app.i18n.catalogues import DEFAULT, LANGUAGES
from app.i18n.formats import format_date, format_month, format_number, format_period, format_time, format_weekday
from app.i18n.negotiating import negotiate
from app.i18n.speaking import current_language, gettext, in_language, message, ngettext

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "current_language",
    "format_date",
    "format_month",
    "format_number",
    "format_period",
    "format_time",
    "format_weekday",
    "gettext",
    "in_language",
    "message",
    "negotiate",
    "ngettext",
]
