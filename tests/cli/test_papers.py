import pytest

from tests.cli.conftest import as_json

DIGEST = """---
title: Shelves of {day}
date: {day}
---
"""
ITEM = "## {title}\n- <https://arxiv.org/abs/{arxiv_id}>\n\nIt helps.\n\n"


@pytest.fixture
def shelf(papershelf, tmp_path):
    """Two digests; the second lists a paper of the first one's title under another id."""
    folder = tmp_path / "in"
    folder.mkdir()
    first = ITEM.format(title="Shelving with lanterns", arxiv_id="2412.90001")
    first += ITEM.format(title="Sorting by the moon", arxiv_id="2412.90003")
    second = ITEM.format(title="Shelving with Lanterns", arxiv_id="2412.90002")
    second += ITEM.format(title="Sorting by the moon", arxiv_id="2412.90003")
    for day, items in (("2024-12-07", first), ("2024-12-08", second)):
        (folder / f"{day}.md").write_text(DIGEST.format(day=day) + items, encoding="utf-8")
    assert papershelf("import", folder).exit_code == 0
    return folder


def offered(papershelf):
    return [[paper["id"] for paper in offer["papers"]] for offer in as_json(papershelf("papers", "offers", "--json"))]


@pytest.mark.usefixtures("shelf")
def test_an_offer_is_accepted_and_taken_back(papershelf):
    assert offered(papershelf) == [["2412.90001", "2412.90002"]]
    before = papershelf("export", "digests").stdout
    merged = papershelf("papers", "merge", "2412.90001", "2412.90002")
    assert merged.exit_code == 0
    assert "2412.90002 merged into 2412.90001" in merged.stdout
    assert offered(papershelf) == []
    assert as_json(papershelf("search", "--json", "lanterns"))["total"] == 1
    assert papershelf("index", "status").exit_code == 0
    assert "Undone: 2412.90002" in papershelf("papers", "undo").stdout
    assert as_json(papershelf("search", "--json", "lanterns"))["total"] == 2
    assert papershelf("export", "digests").stdout == before


@pytest.mark.usefixtures("shelf")
def test_an_offer_is_declined(papershelf):
    assert papershelf("papers", "apart", "2412.90001", "2412.90002").exit_code == 0
    assert offered(papershelf) == []
    assert papershelf("papers", "offers").stdout == "No two papers have the same title.\n"


def test_entries_are_split_off_and_stay_so(papershelf, shelf):
    split = papershelf("papers", "split", "2412.90003", "--digest", "2:2")
    assert split.exit_code == 0
    assert "sorting-by-the-moon split from 2412.90003" in split.stdout
    file = shelf / "2024-12-08.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}More.\n", encoding="utf-8")
    papershelf("import", shelf)
    assert as_json(papershelf("search", "--json", "moon"))["total"] == 2
    assert "split from" in papershelf("papers", "decisions").stdout
    assert papershelf("papers", "undo", 1).exit_code == 0
    assert as_json(papershelf("search", "--json", "moon"))["total"] == 1
    assert "undone" in papershelf("papers", "decisions").stdout


@pytest.mark.usefixtures("shelf")
def test_entries_go_to_the_paper_named(papershelf):
    split = papershelf("papers", "split", "2412.90003", "--digest", "2", "--into", "2412.90001")
    assert split.exit_code == 0
    assert as_json(papershelf("search", "--json", "moon"))["total"] == 1


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["merge", "2412.90001", "2412.99999"], "There is no such paper in the library."),
        (["merge", "2412.90001", "2412.90001"], "That is one paper already."),
        (["apart", "2412.90001", "arXiv:2412.90001v2"], "That is one paper already."),
        (["split", "2412.90003", "--digest", "one"], "“one” is no place"),
        (["split", "2412.90003", "--digest", "1:9"], "The paper 2412.90003 has no entry at 1:9."),
        (["split", "2412.90001", "--digest", "1"], "These are all the entries of the paper."),
        (["undo"], "There is no decision to undo."),
        (["undo", "7"], "There is no such decision."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(papershelf, command, sentence):
    refused = papershelf("papers", *command)
    assert refused.exit_code == 2
    assert refused.stderr.startswith(sentence)
