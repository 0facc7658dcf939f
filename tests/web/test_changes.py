from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app import digests
from app.digests import Origin
from app.digests.arrivals import content_hash
from app.models import Digest, DigestRevision, note_change
from app.web.pages.changes import ROWS
from tests.cli.conftest import SAMPLES
from tests.conftest import ROOT
from tests.web.html import page

LIST = """# Papers of the week: Dec 29, 2031 - Jan 4, 2032

1. **Kites at Night** - They glow, building on string. [Paper](https://arxiv.org/abs/3201.00001)
2. **Kites by Day** - 基于高斯的新方法。 [Paper](https://arxiv.org/abs/3201.00002)
3. **Kite Parser** - Parses kites. [Paper](https://arxiv.org/abs/3201.00003)
"""
NEWER = LIST.replace("glow", "glow <b>&</b> hum").replace("高斯的新", "扩散模型的")


@pytest.fixture
def changed(database, tmp_path):
    """A digest, as it is after a change, and its id."""

    def bring_in(*states, damaged=None):
        path = tmp_path / "kites.md"
        path.write_bytes(states[-1] if isinstance(states[-1], bytes) else states[-1].encode())
        report = digests.import_file(database, Origin(path, tmp_path))
        assert report.status == "new"
        with database.write() as session:
            for month, state in enumerate(states[:-1], start=1):
                raw = state if isinstance(state, bytes) else state.encode()
                came = datetime(2024, month, 1, tzinfo=UTC)
                values = {"digest_id": report.digest_id, "sha256": content_hash(raw), "original": raw}
                session.add(DigestRevision(**values, imported_at=came))
                session.flush()
            note_change(session)
        return f"/digests/{report.digest_id}"

    return bring_in


def test_a_digest_that_changed_says_so_and_leads_to_what_changed(client, changed):
    address = changed(LIST, LIST + "\nMore.\n", NEWER)
    assert page(client, address).links()["Changed 2 times"] == f"{address}/changes"


def test_an_entry_of_one_line_stands_in_one_line_everywhere(client, changed):
    address = changed(LIST, LIST.replace("glow", "hum"))
    pages = (address, f"{address}/source", f"{address}/changes", "/papers/3201.00001")
    said = {path: page(client, path).one("main").text for path in pages}
    assert [path for path, text in said.items() if "line 3" not in text or "lines 3–3" in text] == []


def test_a_digest_that_never_changed_has_no_such_link_but_a_page_that_says_so(client, changed):
    address = changed(LIST)
    assert not [link for link in page(client, address).links().values() if "changes" in link]
    assert "says what it said when it came in" in page(client, f"{address}/changes").text


def test_what_was_taken_out_and_put_in_is_marked_field_by_field(client, changed):
    found = page(client, f"{changed(LIST, NEWER)}/changes")
    first, second = found.all("article", class_="change")
    assert (first.one("h3").text, second.one("h3").text) == ("Kites at Night", "Kites by Day")
    assert second.texts("del") == ["高斯的新"]
    assert second.texts("ins") == ["扩散模型的"]
    assert first.texts("ins") == ["<b>&</b> hum"]
    assert second.one(class_="number").text == "4"
    assert second.links()["line 4"].endswith("/source#L4")


def test_entries_that_came_went_and_moved_are_told(client, changed):
    lines = LIST.splitlines()
    after = [*lines[:2], "1. **Owls** - New. [Paper](https://arxiv.org/abs/3201.00009)", lines[4], lines[2]]
    found = page(client, f"{changed(LIST, chr(10).join(after))}/changes")
    told = {article["aria-label"]: article.one("p", class_="meta").text for article in found.all("article")}
    assert told["Owls"] == "added, now at place 1 line 3"
    assert told["Kites by Day"] == "removed, it was at place 2 line 4"
    assert sum(words.startswith("moved") for words in told.values()) == 1


def test_any_two_states_can_be_compared(client, changed):
    address = changed(LIST, NEWER, NEWER.replace("Kite Parser", "Kite Parsers"))
    found = page(client, f"{address}/changes")
    assert found.texts("option", selected="") != []
    assert [article["aria-label"] for article in found.all("article")] == ["Kite Parsers"]
    both = page(client, f"{address}/changes?from=1&to=2")
    assert [article["aria-label"] for article in both.all("article")] == ["Kites at Night", "Kites by Day"]
    assert "one and the same" in page(client, f"{address}/changes?from=1&to=1").text


def test_states_stand_in_order_the_newest_first_by_the_notes_own_word(client, changed, database):
    address = changed(LIST, LIST + "\nx\n", NEWER)
    with database.write() as session:
        for number, year in ((1, 2030), (2, 2029)):  # the second came late, but is older
            session.get_one(DigestRevision, number).revised_at = datetime(year, 5, 6, tzinfo=UTC)
        note_change(session)
    shown = page(client, f"{address}/changes").one("ol", class_="states").texts("li")
    assert "as it is now" in shown[0]
    assert ["note of 6 May 2030" in shown[1], "note of 6 May 2029" in shown[2]] == [True, True]


def test_an_earlier_state_is_given_byte_for_byte(client, changed):
    raw = b"\xff\xfe\x00 not even text \x00"
    address = changed(raw, NEWER)
    answer = client.get(f"{address}/revisions/1.md")
    assert (answer.content, answer.headers["Content-Type"]) == (raw, "text/plain; charset=utf-8")
    assert page(client, f"{address}/changes").links()[f"Markdown {content_hash(raw)[:10]}"].endswith("/1.md")


def test_of_a_field_with_hundreds_of_changed_lines_the_command_tells_the_rest(client, changed, database):
    def long(word):
        return LIST + "".join(f"\n   {word} {number}." for number in range(ROWS)) + "\n"

    address = changed(LIST, long("Kite"), long("Wombat"))
    with database.read() as session:
        newest, oldest = session.scalars(select(DigestRevision.id).order_by(DigestRevision.imported_at.desc()))
    digest = address.rpartition("/")[2]
    for asked, start in ((f"{address}/changes", newest), (f"{address}/changes?from={oldest}", oldest)):
        (command,) = [code.text for code in page(client, asked).all("code") if "papershelf" in code.text]
        assert command == f"papershelf changes {digest} --from {start} --to now"


def test_a_state_that_cannot_be_read_today_is_told_with_the_reason(client, changed):
    found = page(client, f"{changed('# Shopping', NEWER)}/changes")
    assert "cannot be compared" in found.one(class_="repaired").text
    assert "This is no digest" in found.one(class_="repaired").text


def test_files_that_differ_only_in_bytes_are_told_so(client, changed):
    found = page(client, f"{changed(LIST.replace(chr(10), chr(13) + chr(10)), LIST)}/changes")
    assert "in nothing that is read" in found.text


def test_what_is_not_there_is_no_page(client, changed):
    address = changed(LIST, NEWER)
    for path in ("/changes?from=7", "/changes?to=x", "/revisions/7.md", f"/revisions/{2**40}.md"):
        assert client.get(address + path).status_code == 404
    assert client.get("/digests/77/changes").status_code == 404
    assert client.get("/digests/77/revisions/1.md").status_code == 404


def test_damaged_states_are_compared_as_they_are_repaired(client, changed, database):
    clean = next(path for path in sorted(SAMPLES.rglob("*.md")) if "mojibake" not in path.name).read_text()
    damaged = next((ROOT / "tests/digests/formats/chatpaperfree").glob("mojibake.md")).read_bytes()
    address = changed(clean, damaged)
    with database.read() as session:
        assert session.scalars(select(Digest.is_repaired)).one()
    removed = page(client, f"{address}/changes").texts("del")
    assert removed
    assert not any("Ã" in text or "å" in text for text in page(client, f"{address}/changes").texts("ins"))


def test_many_changed_entries_come_in_pages(client, changed):
    def papers(word):
        return "# Papers of the week: Dec 29, 2031\n\n" + "\n".join(
            f"{n}. **Kite number {n}** - {word} flies. [Paper](https://arxiv.org/abs/3201.{n:05})" for n in range(1, 41)
        )

    address = changed(papers("It"), papers("She"))
    shown = [
        [article["aria-label"] for article in page(client, f"{address}/changes?page={number}").all("article")]
        for number in (1, 2, 3)
    ]
    assert [len(some) for some in shown] == [30, 10, 0]
    assert shown[1][0] == "Kite number 31"
