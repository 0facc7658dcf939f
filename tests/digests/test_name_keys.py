import pytest

from app.digests.name_keys import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Matthias Nießner", "Matthias Niessner"),
        ("Yi-Hua Huang", "Yihua Huang"),
        ("Jean‑Luc Picard", "Jean-luc Picard"),
        ("ＡＤＡ Lovelace", "Ada Lovelace"),
        ("J. Smith", "J Smith"),
        ("Łukasz Søren", "Lukasz Soren"),
        ("張三", "张三"),
    ],
)
def test_names_are_one_if_they_differ_in_accents_case_hyphens_widths_and_dots(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Yu Nan", "Yun An"), ("A. Li", "Ali"), ("张三", "张三丰"), ("Ada B", "Ada C"), ("?", "!"), ("…", "")],
)
def test_names_are_two_if_a_letter_or_a_blank_differs(one, other):
    assert name_key(one) != name_key(other)


def test_a_name_without_letters_has_a_key():
    assert name_key("***") == "***"
