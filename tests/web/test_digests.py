import pytest
from sqlalchemy import select

from app import catalog, digests
from app.digests import Origin
from app.models import Digest, Finding
from tests.conftest import ROOT, entry
from tests.web.html import parse

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


def test_the_original_can_be_read_line_by_line_with_the_entries_marked(client, library):
    result = library.digest(entry("First of all", first_line=1, last_line=1, summary="Here"))
    page = parse(client.get(f"/digests/{result.digest_id}/source").text)
    assert page.one(id="L1").attributes["class"] == "starts"


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
