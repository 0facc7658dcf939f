import pytest
from sqlalchemy import select

from app import catalog, digests
from app.digests import Origin
from app.digests.decoding import read_text, with_newlines
from app.models import Digest, Entry, Finding, note_change
from tests.catalog.test_browsing import counted
from tests.conftest import REAL_DIGESTS, ROOT, entry
from tests.web.html import parse

DAMAGED = REAL_DIGESTS / "seeds" / "002_4610c91d2803a543.txt"
SAMPLES = sorted((ROOT / "samples").rglob("*.md"))


def test_a_digest_is_shown_with_its_entries_in_their_order(client, library):
    library.digest(entry("Zeta"), entry("Alpha", summary="摘要"), preamble="Hello **there**", title="A good day")
    found = parse(client.get("/digests/1").text)
    assert found.one("h1").text == "A good day"
    assert found.texts("h2") == found.one("ol", class_="contents").texts("a") == ["Zeta", "Alpha"]
    assert found.one(class_="preamble").one("strong").text == "there"
    assert found.one("main").links()["Markdown"] == "/digests/1.md"


def test_the_contents_of_a_digest_lead_to_its_entries(client, library):
    library.digest(entry("Zeta"), entry("Alpha"))
    found = parse(client.get("/digests/1").text)
    targets = [link["href"] for link in found.one("ol", class_="contents").all("a")]
    assert [found.one(id=target[1:]).one("h2").text for target in targets] == ["Zeta", "Alpha"]


def test_a_digest_without_papers_says_so(client, library):
    library.digest()
    assert "lists no papers" in parse(client.get("/digests/1").text).one("main").text


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_markdown_of_a_digest_is_the_file_byte_for_byte(client, database, sample):
    report = digests.import_file(database, next(digests.find_files([sample])))
    assert report.status == "new"
    answer = client.get("/digests/1.md")
    assert answer.content == sample.read_bytes()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b"\r\n\r\n", b"<script>alert(1)</script>", "\ufeff高".encode("gb18030"), b""]
)
def test_bytes_of_any_kind_come_out_as_they_went_in(client, library, database, raw):
    library.digest(entry())
    with database.write() as session:
        session.get_one(Digest, 1).original = raw
    assert client.get("/digests/1.md").content == raw


@pytest.mark.parametrize(
    "address", ["/digests/1", "/digests/1.md", "/digests/0", "/digests/-1", "/digests/x", "/digests/"]
)
def test_a_digest_that_is_not_there_is_no_page(client, address):
    assert client.get(address).status_code == 404


def write_original(database, lines, digest_id=1, **fields):
    """Change what a digest was imported from, as far as its page of lines is concerned."""
    with database.write() as session:
        digest = session.get_one(Digest, digest_id)
        digest.original = lines if isinstance(lines, bytes) else "\n".join(lines).encode()
        for name, value in fields.items():
            setattr(digest, name, value)
        note_change(session)


def add_finding(database, **fields):
    said = {"rule": "placeholder-text", "sentence": "This is a form.", "sentence_zh": "", "excerpt": ""}
    with database.write() as session:
        session.add(Finding(**said | {"digest_id": 1} | fields))
        note_change(session)


def test_the_original_shows_where_each_entry_begins_and_ends_and_what_is_in_none(client, library, database):
    library.digest(entry("First", first_line=3, last_line=4), entry("Second", first_line=6, last_line=6))
    write_original(database, ["Hello", "", "## First", "text", "", "## Second", "bye"])
    blocks = parse(client.get("/digests/1/source").text).all(class_="block")
    assert [(block.texts("h2"), block.texts("p"), [line["id"] for line in block.all("li")]) for block in blocks] == [
        ([], ["in no entry"], ["L1", "L2"]),
        (["First lines 3–4"], [], ["L3", "L4"]),
        ([], [], ["L5"]),
        (["Second line 6"], [], ["L6"]),
        ([], ["in no entry"], ["L7"]),
    ]
    assert blocks[1].one("h2").one("a")["href"].startswith("/papers/")
    assert blocks[1].one("ol")["start"] == "3"


def test_entries_within_an_entry_are_told_apart(client, library, database):
    library.digest(entry("Outer", first_line=1, last_line=3), entry("Inner", first_line=2, last_line=2))
    write_original(database, ["one", "two", "three"])
    blocks = parse(client.get("/digests/1/source").text).all(class_="block")
    assert [block.texts("h2") + block.texts("p") for block in blocks] == [
        ["Outer lines 1–3"],
        ["Inner line 2", "goes on to line 3: Outer"],
        ["goes on to line 3: Outer"],
    ]


def test_each_doubt_stands_at_its_line_with_its_sentence(client, library, database):
    library.digest(entry("First", first_line=1, last_line=2))
    write_original(database, ["one", "待补充"])
    add_finding(database, line=2)
    found = parse(client.get("/digests/1/source").text)
    assert found.one(id="L2").one(class_="doubt").text == "This is a form."
    assert found.one(id="L1").all(class_="doubt") == []


def test_a_long_original_is_shown_some_lines_at_a_time_and_links_lead_to_the_right_ones(client, library, database):
    library.digest(entry("Across", first_line=1999, last_line=2002), entry("Late", first_line=4001, last_line=4001))
    write_original(database, [f"line {number}" for number in range(1, 4002)])
    for link in (link for link in parse(client.get("/digests/1").text).links().values() if "/source?" in link):
        address, _, anchor = link.partition("#")
        assert parse(client.get(address).text).one(id=anchor).text == f"line {anchor[1:]}"
    assert "/digests/1/source?from=4001#L4001" in client.get("/digests/1").text
    second = parse(client.get("/digests/1/source?from=2345").text)
    assert [line["id"] for line in second.all("li", id="L2001") + second.all("li", id="L4000")] == ["L2001", "L4000"]
    assert second.all(id="L2000") == second.all(id="L4001") == []
    assert second.all(class_="block")[0].one("p").text == "goes on to line 2002: Across"
    assert second.all("nav", class_="pager")[0].links() == {
        "← Previous": "/digests/1/source",
        "Next →": "/digests/1/source?from=4001",
    }


@pytest.mark.parametrize(
    ("asked", "line"), [("", 1), ("x", 1), ("-5", 1), ("0", 1), ("2001", 2001), ("9" * 5000, 2001)]
)
def test_a_page_of_lines_that_is_not_there_is_the_nearest(client, library, database, asked, line):
    library.digest()
    write_original(database, ["text"] * 2001)
    assert parse(client.get(f"/digests/1/source?from={asked}").text).all("ol", class_="source")[0]["start"] == str(line)


def test_lines_are_counted_as_they_are_when_a_digest_is_read(client, library, database):
    library.digest()
    write_original(database, "\ufeffone\r\ntwo\rthree\x0b\x85still\u2028three\nfour".encode())
    found = parse(client.get("/digests/1/source").text)
    assert [found.one(id=f"L{number}").text for number in (1, 2, 4)] == ["one", "two", "four"]


def test_a_damaged_original_is_shown_as_repaired_and_as_it_came(client, database):
    path = ROOT / "tests" / "digests" / "formats" / "chatpaperfree" / "mojibake.md"
    digests.import_file(database, Origin(path, path.parent))
    with database.read() as session:
        digest = catalog.find_digest(session, 1)
        assert digest.is_repaired
        span = digest.entries[0].lines["summary"]
        summary = digest.entries[0].summary
    repaired, came = (parse(client.get(f"/digests/1/source{asked}").text) for asked in ("", "?as=original"))
    assert summary[:10] in "".join(repaired.one(id=f"L{number}").text for number in range(span[0], span[1] + 1))
    lines = with_newlines(path.read_text(encoding="utf-8")).split("\n")
    shown = [came.one(id=f"L{number}").text for number in range(1, len(lines) + 1)]
    assert shown[1:] == [" ".join(line.split()) for line in lines[1:]]  # that it is repaired is doubted in line 1
    assert repaired.one(id=f"L{len(lines)}")
    assert repaired.links()["as it came"] == "/digests/1/source?as=original"
    assert came.links()["as repaired"] == "/digests/1/source"


@pytest.mark.skipif(not DAMAGED.exists(), reason="the real digests are not at hand")
def test_repairing_a_real_digest_keeps_its_lines():
    raw = DAMAGED.read_bytes()
    digest = Digest(encoding="UTF-8", sha256="x")
    came = digests.text_as_it_came(digest, raw)
    assert came.count("\n") == read_text(raw).text.count("\n") > 1000


def test_an_original_that_is_not_damaged_has_one_text(client, library):
    library.digest()
    found = parse(client.get("/digests/1/source?as=original").text)
    assert "as it came" not in found.one("main").text


def test_the_page_of_an_original_takes_the_same_number_of_queries_however_many_entries_it_has(
    client, library, database
):
    library.digest(entry())
    library.digest(*(entry(f"Paper {number}") for number in range(20)))
    library.index_all()
    with counted(database) as few:
        client.get("/digests/1/source")
    with counted(database) as many:
        client.get("/digests/2/source")
    assert len(few) == len(many)


def test_the_doubts_of_a_digest_are_told_by_rule_with_their_lines(client, library, database):
    library.digest(entry())
    assert "No doubts." in parse(client.get("/digests/1").text).one("main").text
    for rule, line in (("cut-off", 9), ("fake-url", 2001), ("placeholder-text", 5), ("placeholder-text", 7)):
        add_finding(database, rule=rule, line=line)
    found = parse(client.get("/digests/1").text).one(class_="by-rule")
    assert [row.tag for row in found.one("dl").all() if row.tag in ("dt", "dd")] == [
        "dt",
        "dd",
        "dd",
        "dt",
        "dd",
        "dt",
        "dd",
    ]
    assert [link["href"] for row in found.all("dd") for link in row.all("a")] == [
        "/digests/1/source#L5",
        "/digests/1/source#L7",
        "/digests/1/source?from=2001#L2001",
        "/digests/1/source#L9",
    ]


def test_the_doubts_of_a_digest_lead_to_papers_of_its_day_and_topic_with_the_same(client, library, database):
    library.digest(entry("Doubted"), entry("Clean"))
    library.digest(entry("Elsewhere"), topic="NeRF")
    with database.read() as session:
        doubted = session.scalars(select(Entry.id).order_by(Entry.id)).first()
    add_finding(database, line=1, entry_id=doubted)
    (link,) = parse(client.get("/digests/1").text).one(class_="by-rule").all("dt")[0].all("a")
    papers = parse(client.get(link["href"]).text).all("article", class_="card")
    assert [card.one("h2").text for card in papers] == ["Doubted"]


@pytest.mark.parametrize("place", ["/2024-12-07", "/2024-12", "/topics/3dgs", "/papers"])
def test_every_list_can_be_narrowed_by_quality_and_links_to_it(client, library, database, index, place):
    library.digest(entry("Doubted"), entry("Clean"))
    with database.read() as session:
        doubted = session.scalars(select(Entry.id).order_by(Entry.id)).first()
    add_finding(database, line=1, entry_id=doubted)
    catalog.rebuild_index(database, index)  # the finding did not come with an import
    links = [link["href"] for link in parse(client.get(place).text).all("a") if "?quality=" in (link.get("href") or "")]
    assert links == [f"{place}?quality={name}" for name in ("clean", "placeholder-text")]
    shown = [parse(client.get(link).text).all("article", class_="card") for link in links]
    assert [[card.one("h2").text for card in cards] for cards in shown] == [["Clean"], ["Doubted"]]


def test_a_doubt_leads_to_its_line(client, database, index):
    folder = ROOT / "tests" / "digests" / "formats" / "chatpaperfree"
    for path in sorted(folder.glob("*.md")):
        digests.import_file(database, Origin(path, folder))
    catalog.sync_index(database, index)
    with database.read() as session:
        finding = session.scalars(select(Finding).where(Finding.entry_id.is_not(None))).first()
    assert finding
    page = client.get(f"/digests/{finding.digest_id}").text
    assert f"/digests/{finding.digest_id}/source#L{finding.line}" in page
    assert f'id="L{finding.line}"' in client.get(f"/digests/{finding.digest_id}/source").text
