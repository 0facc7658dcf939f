"""What imports stored in English is told in the reader's language, whatever it is."""

import ast
from pathlib import Path

import pytest

from app import digests
from app.errors import AppError
from app.i18n import in_language
from app.web.retelling import is_known, retold

ROOT = Path(digests.__file__).parent
STORED = {"DigestFormatError", "NotADigestError", "UnreadableFileError"}
"""Errors whose sentences become the reasons of a file's fate."""
ELSEWHERE = {"watching.py"}
"""Said on the command line alone."""


def sentences(path):
    """What the errors of a module say, with numbers and names in it; what is put together elsewhere is left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in STORED:
            yield from _wordings(node.args[0])


def _wordings(node):
    if isinstance(node, ast.IfExp):
        return [*_wordings(node.body), *_wordings(node.orelse)]
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.JoinedStr) and not _is_composed(node):
        return ["".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)]
    return []


def _is_composed(node):
    """Whether a sentence of another function is put into it."""
    held = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    return any(isinstance(value, ast.Name) and value.id == "reason" for value in held)


SAID = sorted({said for path in ROOT.rglob("*.py") if path.name not in ELSEWHERE for said in sentences(path)})


def test_the_code_says_many():
    assert len(SAID) > 25


@pytest.mark.parametrize("said", SAID)
def test_every_reason_is_known_by_its_form(said):
    assert is_known(said)


def fails(text):
    with pytest.raises(AppError) as raised:
        digests.parse_digest(text)
    return str(raised.value)


@pytest.mark.parametrize(
    ("file", "chinese"),
    [
        ("", "这不是文摘：文件是空的。"),
        (
            "# Shopping\n",
            "这不是文摘：没有 front matter（文件开头两行“---”之间的部分）；也不是论文列表：没有标题、列表项或表格行链接到论文。",
        ),
        (
            "---\ntitle: a\n---\n## A\n",
            "这不是文摘：有 front matter 和标题，但标题之后都没有论文作者；也不是论文列表：没有标题、列表项或表格行链接到论文。",
        ),
    ],
)
def test_why_a_file_is_no_digest_is_told_in_chinese(file, chinese):
    said = fails(file)
    with in_language("zh"):
        assert retold(said) == chinese
    with in_language("en"):
        assert retold(said) == said


def test_sentences_one_after_the_other_are_told_each():
    note = (
        "This file was damaged: UTF-8 that was read as Windows-1252. It is repaired; a few characters may be wrong. "
        "The file ends in the middle of a character: its last 2 bytes are left out."
    )
    with in_language("zh"):
        told = retold(note)
    assert "Windows-1252" in told
    assert told.count("。") == 3
    assert "The" not in told


def test_what_is_not_known_is_told_as_it_is():
    with in_language("zh"):
        assert retold("Nobody ever said this. Nor this.") == "Nobody ever said this. Nor this."
        assert retold("") == ""


@pytest.mark.parametrize(
    ("name", "told"),
    [("the name of the topic", "主题"), ("a tag", "标签"), ("an author's name", "作者"), ("the note's id", "笔记")],
)
def test_what_is_too_long_is_named_in_the_readers_language(name, told):
    with in_language("zh"):
        sentence = retold(f"line 12: {name} has 1,234 characters, but at most 600 are read.")
    assert told in sentence
    assert name not in sentence
    assert "1,234" in sentence
