import pytest

from tests.cli.conftest import as_json
from tests.terms.shelves import library

DIGEST = """---
title: Shelves
date: 2024-12-07
---
# 2024-12-07 更新

"""
ITEM = """## On shelf number {number}

**Authors:A. Adams**

{english}

[PDF](http://arxiv.org/abs/2412.{number:05}v1)

**Summary**
{chinese}

"""


def groups(papershelf, *options):
    found = as_json(papershelf("terms", "list", "--json", *options))
    return [[(term["text"], term["state"]) for term in group["terms"]] for group in found]


def test_terms_are_added_listed_and_removed(papershelf):
    assert papershelf("terms", "add", "Gaussian Splatting", "高斯泼溅").stdout == "Gaussian Splatting = 高斯泼溅\n"
    papershelf("terms", "add", "NeRF", "神经辐射场", "辐射场")
    assert groups(papershelf, "溅") == [[("Gaussian Splatting", "accepted"), ("高斯泼溅", "accepted")]]
    shown = papershelf("terms", "list").stdout
    assert "NeRF, 神经辐射场, 辐射场" in shown
    assert papershelf("terms", "remove", "nerf", "辐射场").exit_code == 0
    assert groups(papershelf, "nerf") == [[("NeRF", "accepted"), ("神经辐射场", "accepted")]]
    assert papershelf("terms", "list", "lantern").stdout == "There are no such terms.\n"


def test_what_cannot_be_done_ends_with_a_sentence(papershelf):
    result = papershelf("terms", "accept", "NeRF", "神经辐射场")
    assert result.exit_code == 2
    assert "are in no group together" in result.stderr
    assert papershelf("terms", "add", "NeRF").exit_code == 2


@pytest.fixture
def shelf(papershelf, tmp_path):
    """A library in which both languages speak of the same things."""
    items = (
        ITEM.format(number=number, english=pair.english, chinese=pair.chinese)
        for number, pair in enumerate(library(240), 1)
    )
    (tmp_path / "shelves.md").write_text(DIGEST + "".join(items), encoding="utf-8")
    assert papershelf("import", tmp_path / "shelves.md").exit_code == 0


@pytest.mark.usefixtures("shelf")
def test_terms_are_mined_and_decisions_stay(papershelf):
    assert "240 papers read: 18 terms accepted" in papershelf("terms", "mine").stdout
    assert groups(papershelf, "灯笼")[0][1:] == [("灯笼", "accepted")]
    head = groups(papershelf, "灯笼")[0][0][0]
    assert papershelf("terms", "reject", head, "灯笼").exit_code == 0
    assert "17 terms accepted, 0 offered, 1 decided on before" in papershelf("terms", "mine").stdout
    assert groups(papershelf, "--state", "rejected") == [[(head, "accepted"), ("灯笼", "rejected")]]
    papershelf("terms", "accept", head, "灯笼")
    assert groups(papershelf, "--state", "rejected") == []
