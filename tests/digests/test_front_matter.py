"""The YAML at the head of a digest."""

import pytest

from app.digests.front_matter import read_front_matter, split_front_matter
from app.errors import DigestFormatError


@pytest.mark.parametrize(
    "before", ["", "\n\n", "#! https://blog.example/p/1\n", "\n#! https://blog.example/p/1\n\n", "\u200b\n"]
)
def test_blank_lines_and_an_address_may_stand_above(before):
    split = split_front_matter(f"{before}---\ntitle: Kites\n---\nbody".split("\n"))

    assert split is not None
    assert (split.head, split.head_line) == (("title: Kites",), before.count("\n") + 2)
    assert split.source_url == ("https://blog.example/p/1" if "#!" in before else None)


def test_only_the_first_two_rules_count():
    split = split_front_matter(["--- ", "", "title: ---x", "---", "a", "---", "b"])

    assert split is not None
    assert (split.head, split.body_index) == (("", "title: ---x"), 4)


@pytest.mark.parametrize(
    "text", ["", "\n", "Kites", "---\ntitle: Kites", "----\ntitle: Kites\n----\n", " ---\na: b\n---"]
)
def test_a_file_without_front_matter_has_none(text):
    assert split_front_matter(text.split("\n")) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("20310506", "20310506", id="number"),
        pytest.param("'20310506'", "20310506", id="quoted"),
        pytest.param("2031-05-06 18:35:16", "2031-05-06 18:35:16", id="time"),
        pytest.param("007", "007", id="octal"),
        pytest.param("no", "no", id="truth"),
        pytest.param("None", "None", id="None"),
        pytest.param("", "", id="blank"),
        pytest.param(">-\n  two\n  lines", "two lines", id="folded"),
        pytest.param("[a, b]", "", id="list"),
    ],
)
def test_values_stay_as_written(written, read):
    assert _read(f"key: {written}").text("key") == read


@pytest.mark.parametrize("written", ["\n    - 风筝/飞行器\n    - 2031", " [风筝/飞行器, 2031]"])
def test_lists_stay_as_written(written):
    assert _read(f"tags:{written}").texts("tags") == ("风筝/飞行器", "2031")


def test_a_single_value_is_a_list_of_one():
    assert _read("tags: Kites").texts("tags") == ("Kites",)
    assert _read('tags: ["\\u200b", "\\u3000\\ufeff\\u200b", "\\u200bKites\\u2060 "]').texts("tags") == ("Kites",)


def test_what_is_missing_is_empty():
    assert (_read("").text("title"), _read("tags:").texts("tags")) == ("", ())


def test_every_key_knows_its_line():
    assert _read("title: a\n\ndate: b").lines == {"title": 2, "date": 4}


@pytest.mark.parametrize(
    ("head", "message"),
    [
        pytest.param("a: 1\nb: c: d", "line 3: .*not valid YAML", id="two colons"),
        pytest.param("a: 1\n- b", "line 3: .*not valid YAML", id="list among keys"),
        pytest.param("a: 'b", "line 2: .*not valid YAML", id="open quote"),
        pytest.param("- a", "line 2: .*no list of keys and values", id="list"),
        pytest.param("a", "line 2: .*no list of keys and values", id="word"),
        pytest.param("a: b\nc: \x07", "line 3: .*control character, U\\+0007", id="control character"),
        pytest.param("a: \ud800", "line 2: .*U\\+D800", id="lone surrogate"),
        pytest.param("a: &x [l]\nb: [*x, *x]", "line 3: .*alias", id="alias"),
        pytest.param("<<: *x", "line 2: .*alias", id="merge key"),
        pytest.param("a: " + "[" * 50_000, "line 2: .*nested too deeply|not valid YAML", id="depth"),
        pytest.param("a: " + "b" * 70_000, "line 2: .*longer than", id="length"),
    ],
)
def test_broken_or_hostile_yaml_is_refused_with_its_line(head, message):
    with pytest.raises(DigestFormatError, match=message):
        _read(head)


def _read(head: str):
    split = split_front_matter(f"---\n{head}\n---\n".split("\n"))
    assert split is not None
    return read_front_matter(split)
