"""The catalogues say all that code and templates say, and nothing else."""

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po

from app.i18n import DEFAULT, LANGUAGES
from app.i18n.catalogues import catalogue_path
from translating.__main__ import is_translated
from translating.extracting import extract

OTHERS = [language for language in LANGUAGES if language != DEFAULT]
HOLE = re.compile(r"%\((\w+)\)[ds]|%%")
SIGN = re.compile(r"%(?!\(\w+\)[ds]|%)")
TAG = re.compile(r"</?[a-z]+")
HOW = "run: make messages; then translate what is new in the file it names (docs/translating.md)"


@pytest.fixture(scope="module")
def said():
    return extract()


@pytest.fixture(scope="module", params=OTHERS)
def catalogue(request):
    with catalogue_path(request.param).open("rb") as file:
        return read_po(file, locale=request.param, abort_invalid=True)


def first(identity):
    return identity if isinstance(identity, str) else identity[0]


def wordings(text):
    return [text] if isinstance(text, str) else list(text)


def ids(catalogue):
    return {entry.id for entry in catalogue if entry.id}


def test_much_is_said(said):
    assert len(ids(said)) > 400


def test_every_message_is_translated(said, catalogue):
    missing = ids(said) - {entry.id for entry in catalogue if is_translated(entry.string) and not entry.fuzzy}
    assert not missing, f"{sorted(map(first, missing))}; {HOW}"


def test_nothing_is_translated_that_is_said_no_more(said, catalogue):
    needless = ids(catalogue) - ids(said)
    assert not needless, f"{sorted(map(first, needless))}; {HOW}"
    assert not catalogue.obsolete, HOW


def test_translations_have_the_holes_and_tags_of_their_messages(catalogue):
    for entry in catalogue:
        if entry.id and is_translated(entry.string):
            for text in wordings(entry.string):
                assert set(HOLE.findall(text)) == set(HOLE.findall(wordings(entry.id)[-1])), entry.id
                assert Counter(TAG.findall(text)) == Counter(TAG.findall(first(entry.id))), entry.id


def test_no_message_has_a_percent_sign_that_stands_for_nothing(said):
    assert [identity for identity in ids(said) if any(SIGN.search(text) for text in wordings(identity))] == []


def test_each_number_has_its_wording(catalogue):
    for entry in catalogue:
        if entry.id and not isinstance(entry.id, str):
            assert len(wordings(entry.string)) == catalogue.num_plurals


def test_chinese_is_written_with_chinese_signs():
    """Between Chinese characters stand full-width signs, and no blanks."""
    with catalogue_path("zh").open("rb") as file:
        texts = [text for entry in read_po(file, locale="zh") if entry.id for text in wordings(entry.string)]
    wrong = re.compile(
        r"[\u3400-\u9fff][,;:?!]|[\u3400-\u9fff]\.(?![.\w])|[\u3400-\u9fff] [\u3400-\u9fff]|[\u3400-\u9fff]\(|\.\.\.$"
    )
    assert [text for text in texts if wrong.search(text)] == []
