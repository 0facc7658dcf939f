import os
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from app.db import Database
from app.digests import Holding, look_into, naming, run_import, uploads
from app.models import Digest, ImportRun, Paper, Role, Source, SourceFile
from app.web import receiving
from app.web.rendering import environment
from tests.conftest import ROOT
from tests.web.html import page, parse

LIST = b"""# Papers of the week: Dec 29, 2031 - Jan 4, 2032

1. **Kites at Night** - They glow. [Paper](https://arxiv.org/abs/3201.00001)
2. **Kites by Day** - They do not. [Paper](https://arxiv.org/abs/3201.00002)
"""
DAMAGED = ROOT / "tests" / "digests" / "formats" / "chatpaperfree" / "mojibake.md"
NEWER = LIST.replace(b"glow", b"hum")
OTHER = LIST.replace(b"Kites", b"Owls").replace(b"3201.0", b"3201.1")


@pytest.mark.parametrize(
    ("took", "said"),
    [(0, "0.0 s"), (59.94, "59.9 s"), (59.96, "1 min 0 s"), (119.6, "2 min 0 s"), (125, "2 min 5 s")],
)
def test_how_long_something_took_is_rounded_before_it_is_divided(took, said):
    assert environment().filters["seconds"](timedelta(seconds=took)) == said


@pytest.fixture
def admin(client, library) -> TestClient:
    library.user("Ada", role=Role.ADMIN)
    assert client.post("/sign-in", data={"name": "Ada", "password": "correct horse"}).status_code == 303
    return client


def upload(client, *files, field="files"):
    """Send files as a form does; then the page that the answer leads to."""
    answer = client.post("/imports", files=[(field, file) for file in files])
    assert answer.status_code == 303, answer.text
    return page(client, answer.headers["Location"])


def fates(found):
    return [item.one("h2").text for item in found.one("ul", class_="runs").all("li")]


def kept(settings):
    """What lies in the folder of uploads, hidden things included."""
    return {path.name: path.read_bytes() for path in settings.uploads_dir.iterdir()}


def count(database, table):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


class TestWhoMayLook:
    PAGES = ("/imports", "/imports/1", "/imports/new")

    @pytest.mark.parametrize("path", PAGES)
    def test_visitors_are_led_to_the_sign_in(self, client, path):
        answer = client.get(path)
        assert answer.status_code == 401
        assert "Sign in" in parse(answer.text).links(class_="button")

    @pytest.mark.parametrize("path", PAGES)
    def test_readers_are_told_that_it_is_not_for_them(self, client, library, path):
        library.user("Ada", role=Role.ADMIN)
        client.post("/sign-up", data={"name": "Bob", "password": "correct horse"})
        assert client.get(path).status_code == 403
        assert "Imports" not in page(client, "/papers").links()

    def test_nothing_of_a_visitors_upload_is_read(self, client, settings):
        assert client.post("/imports", files={"files": ("a.md", LIST)}).status_code == 401
        assert not settings.uploads_dir.exists()

    def test_administrators_find_it_in_the_bar_above(self, admin):
        assert page(admin, "/papers").links()["Imports"] == "/imports"

    def test_another_site_cannot_upload(self, admin, settings):
        answer = admin.post("/imports", files={"files": ("a.md", LIST)}, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403
        assert not settings.uploads_dir.exists()


class TestUploading:
    def test_a_digest_is_imported_searchable_and_reported(self, admin, settings, database):
        found = upload(admin, ("kites.md", LIST))
        assert fates(found) == ["new kites.md"]
        assert "upload, Ada" in found.one("dl", class_="facts").text
        assert found.one("ul", class_="runs").links()["kites.md"] == "/digests/1"
        assert kept(settings) == {"kites.md": LIST}
        assert len(page(admin, "/papers?q=kites").all("article", class_="card")) == 2
        with database.read() as session:
            run = session.scalars(select(ImportRun)).one()
            assert (run.trigger, run.user_id, run.new, run.entries) == ("upload", 1, 1, 2)

    def test_several_files_are_one_import_and_what_is_no_digest_is_not_kept(self, admin, settings, database):
        found = upload(admin, ("kites.md", LIST), ("notes.txt", b"# Shopping"), ("image.png", b"\x89PNG\r\n\x1a\n\0\0"))
        assert [fate.split()[0] for fate in fates(found)] == ["new", "skipped", "failed"]
        assert "This is no digest" in found.text
        assert kept(settings) == {"kites.md": LIST}
        assert count(database, ImportRun) == 1
        assert fates(page(admin, "/imports/1?fate=failed")) == ["failed image.png"]

    def test_behind_the_last_page_of_its_files_an_import_says_so(self, admin):
        upload(admin, ("kites.md", LIST), ("notes.txt", b"# Shopping"))
        for address, last in (
            ("/imports/1?page=9", "/imports/1"),
            ("/imports/1?fate=new&page=9", "/imports/1?fate=new"),
        ):
            (said,) = page(admin, address).one("ul", class_="runs").all("li")
            assert "behind the last one" in said.text
            assert said.links() == {"Go to the last page": last}

    def test_the_same_name_again_is_an_update_of_the_same_digest(self, admin, settings, database):
        upload(admin, ("kites.md", LIST))
        assert fates(upload(admin, ("kites.md", NEWER))) == ["updated kites.md"]
        assert kept(settings) == {"kites.md": NEWER}
        assert (count(database, Digest), count(database, Paper)) == (1, 2)

    def test_the_same_file_again_changes_nothing(self, admin, settings):
        upload(admin, ("kites.md", LIST))
        found = upload(admin, ("kites.md", LIST))
        assert "1 unchanged" in found.text
        assert kept(settings) == {"kites.md": LIST}

    def test_a_bad_file_of_the_same_name_leaves_the_former(self, admin, settings, database):
        upload(admin, ("kites.md", LIST))
        assert fates(upload(admin, ("kites.md", b"# Shopping"))) == ["skipped kites.md"]
        assert kept(settings) == {"kites.md": LIST}
        with database.read() as session:
            assert session.scalars(select(Digest.original)).one() == LIST

    def test_two_files_of_one_name_sent_together_are_two(self, admin, settings):
        for _ in "twice":
            upload(admin, ("kites.md", LIST), ("kites.md", OTHER))
            assert kept(settings) == {"kites.md": LIST, "kites-2.md": OTHER}

    def test_names_are_kept_and_made_safe(self, admin, settings):
        upload(admin, ("../../三维 高斯.md", LIST), (r"C:\x\..\.b\a" + "\u202e.md", OTHER))
        assert set(kept(settings)) == {"三维 高斯.md", "a.md"}

    def test_no_file_chosen_is_the_form_again_with_a_sentence(self, admin, database):
        for sent in ({"files": [("files", ("", b""))]}, {"data": {"x": "y"}}, {"content": b"", "headers": {}}):
            answer = admin.post("/imports", **sent)
            assert answer.status_code == 422
            assert "No file was chosen" in parse(answer.text).one(role="alert").text
        assert count(database, ImportRun) == 0

    def test_what_is_no_form_is_refused(self, admin, settings):
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        assert admin.post("/imports", content=b"--nonsense", headers=headers).status_code == 422
        assert kept(settings) == {}

    def test_uploads_are_a_source_that_is_read_again(self, admin, settings, database):
        upload(admin, ("kites.md", LIST))
        with database.read() as session:
            source = session.scalars(select(Source)).one()
            assert (source.location, source.kind, source.is_registered) == (str(settings.uploads_dir), "uploads", True)
        result = run_import(database, look_into([settings.uploads_dir]), "command")
        assert [report.status for report in result.reports] == ["unchanged"]
        with database.read() as session:
            assert session.scalars(select(Source.kind)).one() == "uploads"
        assert "uploads 1 file" in page(admin, "/imports").one("main").text

    def test_files_between_digests_on_disk_and_uploads_are_the_same_digest(self, admin, database, tmp_path):
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.md").write_bytes(LIST)
        run_import(database, look_into([tmp_path / "in"]), "command")
        assert "in the library already" in upload(admin, ("b.md", LIST)).text
        assert (count(database, Digest), count(database, SourceFile)) == (1, 2)


class TestLimits:
    def test_too_much_is_refused_before_it_is_read(self, admin, settings):
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(300 << 20)}
        answer = admin.post("/imports", content=iter([b"--x\r\n"]), headers=headers)
        assert answer.status_code == 413
        assert "At most 256 MB" in parse(answer.text).one("main").text
        assert not settings.uploads_dir.exists()

    def test_too_much_is_refused_while_it_is_read_if_nobody_said_how_much(self, admin, settings, monkeypatch):
        monkeypatch.setattr(receiving, "MOST_BYTES", 100_000)
        part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\n'
        chunks = iter([part, *[b"x" * 10_000] * 20])
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = admin.post("/imports", content=chunks, headers=headers)
        assert answer.status_code == 413
        assert kept(settings) == {}

    def test_too_many_files_are_refused_and_none_is_kept(self, admin, settings, database, monkeypatch):
        monkeypatch.setattr(receiving, "MOST_FILES", 2)
        answer = admin.post("/imports", files=[("files", (f"{n}.md", LIST)) for n in range(3)])
        assert answer.status_code == 413
        assert kept(settings) == {}
        assert count(database, ImportRun) == 0

    def test_an_endless_name_is_refused(self, admin, settings):
        answer = admin.post("/imports", files={"files": ("x" * 100_000 + ".md", LIST)})
        assert answer.status_code == 422
        assert kept(settings) == {}

    def test_a_full_disk_is_a_page_and_what_was_not_accepted_is_not_kept(self, admin, settings, database):
        big = b"# Papers of the week: Dec 29, 2031\n\n" + b"".join(
            b"%d. **Lamp number %d** - %s [Paper](https://arxiv.org/abs/3301.%05d)\n" % (n, n, b"It glows. " * 50, n)
            for n in range(1, 2000)
        )
        leave_room(database, pages=60)
        # The damaged one has those before it stored first, to learn from: then there is no more room.
        sent = [("files", ("kites.md", LIST)), ("files", ("d.md", DAMAGED.read_bytes())), ("files", ("lamps.md", big))]
        answer = admin.post("/imports", files=sent)
        assert answer.status_code == 507
        assert "no room left on the disk" in parse(answer.text).one("main").text
        assert kept(settings) == {"kites.md": LIST}
        assert count(database, Digest) == 1

    def test_a_full_disk_takes_no_former_file_away(self, admin, settings, database):
        upload(admin, ("kites.md", LIST))
        leave_room(database, pages=0)
        sent = NEWER.replace(b"They do not.", b"They do not. " * 20_000)
        assert admin.post("/imports", files=[("files", ("kites.md", sent))]).status_code == 507
        assert kept(settings) == {"kites.md": LIST}

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
    def test_a_disk_that_is_full_while_a_file_comes_in_is_recognised(self):
        with Path("/dev/full").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space") as raised:
            file.write(LIST)
        assert uploads.is_disk_full(raised.value)


def leave_room(database, pages):
    """The store may grow by so many pages and no more, like on a disk that is nearly full."""
    with database.read() as session:
        most = pages + session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
    database.close()
    event.listen(database.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {most}"))


def staged(folder, *contents, name="kites.md"):
    """Files that have come in, as the web leaves them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(contents):
        (folder / str(number)).write_bytes(raw)
    return [uploads.Upload(name, folder / str(number)) for number in range(len(contents))]


def test_what_a_crash_left_behind_is_swept_away_later(tmp_path):
    old, young = tmp_path / ".upload-old", tmp_path / ".upload-young"
    for left in (old, young):
        left.mkdir()
        (left / "0").write_bytes(LIST)
    os.utime(old, (0, 0))
    with uploads.staging(tmp_path) as mine:
        assert {path.name for path in tmp_path.iterdir()} == {young.name, mine.name}
    assert not mine.exists()


def test_an_import_that_breaks_off_leaves_the_former_file(database, tmp_path):
    folder = tmp_path / "uploads"
    uploads.import_uploads(database, folder, staged(folder / ".upload-1", LIST))
    without_tables = Database(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(OperationalError):
        uploads.import_uploads(without_tables, folder, staged(folder / ".upload-2", NEWER))
    without_tables.close()
    assert (folder / "kites.md").read_bytes() == LIST


@pytest.mark.parametrize(
    ("sent", "safe"),
    [
        ("2024-12-07 三维.md", "2024-12-07 三维.md"),
        ("/etc/passwd", "passwd"),
        ("..", "digest.md"),
        ("", "digest.md"),
        (".hidden.md", "hidden.md"),
        ("a\0b\x1b[0m\u202ec.md", "ab[0mc.md"),
        ("#draft#.md~", "draft#.md"),
        ("download.part", "download.part.md"),
        ("--help", "help"),
        ("e\u0301.md", "\u00e9.md"),
    ],
)
def test_safe_names(sent, safe):
    assert naming.safe_file_name(sent) == safe


@pytest.mark.parametrize("sent", ["高" * 300 + ".markdown", "x" * 300, "a." + "b" * 300])
def test_long_names_are_cut_between_characters(sent):
    safe = naming.safe_file_name(sent)
    assert len(safe.encode()) <= 200
    assert "\ufffd" not in safe
    assert safe.endswith(".markdown") == sent.endswith(".markdown")


class TestThePages:
    def test_the_report_tells_what_the_command_tells(self, admin, database, tmp_path):
        (tmp_path / "in").mkdir()
        for name, raw in (("a.md", LIST), ("b.md", b"# Shopping")):
            (tmp_path / "in" / name).write_bytes(raw)
        run_import(database, look_into([tmp_path / "in"]), "command")
        found = page(admin, "/imports/1")
        assert fates(found) == ["new a.md", "skipped b.md"]
        facts = {part.one("dt").text: part.one("dd").text for part in found.one("dl", class_="facts").all("div")}
        assert (facts["Set off"], facts["Entries"]) == ("by command", "2")
        assert found.texts("li", within="results")[:3] == ["all", "1 new", "1 skipped"]
        with database.read() as session:
            run = session.get_one(ImportRun, 1)
            assert facts["Doubts"] == str(run.findings)

    def test_findings_lead_to_the_doubts_of_the_digest(self, admin):
        found = upload(admin, ("damaged.md", DAMAGED.read_bytes()))
        (link,) = [link for link in found.links().values() if link.endswith("#doubts")]
        assert page(admin, link.partition("#")[0]).one(id="doubts")

    def test_the_list_leads_to_each_import(self, admin, database):
        upload(admin, ("kites.md", LIST))
        run_import(database, [Holding(Path("/nowhere"))], "command")
        links = [item.one("h3").one("a")["href"] for item in page(admin, "/imports").one("ol", class_="runs").all("li")]
        assert links == ["/imports/2", "/imports/1"]

    def test_an_import_that_is_not_there_is_no_page(self, admin):
        assert admin.get("/imports/7").status_code == 404
        assert "Nothing has been imported yet." in page(admin, "/imports").text
