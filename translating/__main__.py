"""Bring the catalogues up to what code and templates say: `python -m translating`.

New messages come in untranslated, those that nothing says any more go; translations stay. The exit code is 1 while
anything is untranslated.
"""

import sys
from collections.abc import Sequence

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from app.i18n.catalogues import DEFAULT, LANGUAGES, catalogue_path
from translating.extracting import extract


def main() -> int:
    """How many messages are not translated, 1 for any."""
    template, missing = extract(), 0
    for language in LANGUAGES:
        if language != DEFAULT:
            catalogue = _update(language, template)
            untranslated = [entry for entry in catalogue if entry.id and not is_translated(entry.string)]
            print(f"{catalogue_path(language)}: {len(catalogue)} messages, {len(untranslated)} untranslated")
            missing += len(untranslated)
    return 1 if missing else 0


def _update(language: str, template: Catalog) -> Catalog:
    path = catalogue_path(language)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(template, no_fuzzy_matching=True)
    with path.open("wb") as file:
        file.write(_header(catalogue).encode())
        write_po(file, catalogue, width=0, ignore_obsolete=True, include_lineno=False, omit_header=True)
    return catalogue


def _header(catalogue: Catalog) -> str:
    """What a reader of the file needs; no dates, which would change it for nothing."""
    return f"""# The words of Papershelf in another language; docs/translating.md says how to change them.
msgid ""
msgstr ""
"Language: {catalogue.locale}\\n"
"Plural-Forms: {catalogue.plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def is_translated(text: str | Sequence[str] | None) -> bool:
    return bool(text) if text is None or isinstance(text, str) else all(text)


if __name__ == "__main__":
    sys.exit(main())
