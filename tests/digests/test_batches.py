"""Digests that come in together make the same library as digests that come in one by one."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import digests
from app.db import Database
from app.digests import Origin, ParsedDigest, ParsedFigure, identity
from app.digests.arrivals import Arrival
from app.digests.importer import import_digests
from app.digests.intake import Intake
from app.models import Digest, DigestRevision, Entry, Paper, PaperVersion
from tests.conftest import BOTH_STORES, ROOT, entry

DAY = date(2024, 12, 7)
ENTRIES = st.builds(
    entry,
    title=st.sampled_from(["On the Shelving of Papers", "A Second Look at Shelves", "Notes"]),
    arxiv_id=st.sampled_from([None, "2412.90001", "2412.90002"]),
    version=st.sampled_from([None, 1, 2]),
    doi=st.sampled_from([None, "10.1/a"]),
    authors=st.sampled_from([(), ("A. Adams",), ("C. Clark", "A. Adams"), ("D. Dunn",)]),
    abstract=st.sampled_from(["", "We shelve.", "We look."]),
    summary=st.sampled_from(["", "书架"]),
    tags=st.sampled_from([(), ("3DGS",), ("NeRF", "3DGS")]),
    figures=st.sampled_from([(), (ParsedFigure("https://a.example/1.png"),)]),
)
DIGESTS = st.builds(
    dict,
    path=st.sampled_from([None, "/digests/one.md", "/digests/two.md"]),
    note_id=st.sampled_from([None, None, "note"]),
    revised_at=st.sampled_from([datetime(2024, 12, 7, hour, tzinfo=UTC) for hour in (1, 2, 3)]),
    entries=st.lists(ENTRIES, max_size=3).map(tuple),
    tags=st.sampled_from([(), ("3DGS",)]),
    last_day=st.sampled_from([DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)]),
    content=st.integers(0, 4),
)


def arrival(told):
    fields = {name: value for name, value in told.items() if name not in ("path", "content")}
    if not told["note_id"]:
        fields["revised_at"] = None
    parsed = ParsedDigest(
        format="test",
        title="3DGS",
        topic="3DGS",
        first_day=fields["last_day"] - timedelta(days=1),
        stated_date="2024-12-07",
        **fields,
    )
    # Few different contents, so that the same bytes come again; but the same bytes always say the same.
    raw = f"{told['content']} {parsed}".encode()
    return Arrival(raw, parsed, origin=Origin(Path(told["path"]), Path("/digests")) if told["path"] else None)


def contents(database):
    """All of the library, by what rows say rather than by their ids.

    Slugs may differ: a paper that is met without an arXiv id and later in the same batch with one never needs one.
    """
    with database.read() as session:
        exported = list(digests.export_digests(session))
        papers = {paper.id: (paper.arxiv_id, paper.doi) for paper in session.scalars(select(Paper))}
        versions = [
            (papers[version.paper_id], version.number, version.title, version.abstract, version.is_shown)
            for version in session.scalars(select(PaperVersion))
        ]
        entries = [(papers[entry.paper_id], entry.position, entry.summary) for entry in session.scalars(select(Entry))]
        days = [(paper.first_day, paper.latest_day, papers[paper.id]) for paper in session.scalars(select(Paper))]
        kept = session.scalars(select(DigestRevision.sha256)).all()
    return exported, *(sorted(rows, key=repr) for rows in (versions, entries, days, kept))


@given(told=st.lists(DIGESTS, min_size=2, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_together_or_one_by_one_makes_the_same_library(told, migrated, tmp_path_factory):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made, results = [], []
    for parts in ([told], [[each] for each in told]):
        path = tmp_path_factory.mktemp("store") / "papershelf.db"
        path.write_bytes(migrated.read_bytes())
        database = Database(f"sqlite:///{path}", connections=1)
        outcomes = []
        for part in parts:
            with database.write() as session:
                brought = import_digests(session, [arrival(each) for each in part], now)
            outcomes += [(result.outcome, result.digest_id, result.entries, result.note) for result in brought]
        results.append(outcomes)
        made.append(contents(database))
        database.close()
        path.unlink()
    assert made[0] == made[1]
    assert [outcome[0] for outcome in results[0]] == [outcome[0] for outcome in results[1]]


@pytest.mark.parametrize("what", ["arxiv_id", "doi", "authors"])
def test_thousands_of_papers_of_one_title_come_in_as_soon_as_others(library, database, what):
    def seconds(title, first):
        told = {"arxiv_id": "2412.{:05}", "doi": "10.1/{}", "authors": "Ann {} Reed"}[what]
        numbers = [(number, told.format(number)) for number in range(first, first + 4000)]
        entries = [
            entry(title.format(number), **{what: (text,) if what == "authors" else text}) for number, text in numbers
        ]
        began = process_time()
        library.digest(*entries, is_indexed=False, topic=None)
        return process_time() - began

    others = seconds("Gaussian Splatting, number {}", 0)
    assert seconds("Gaussian Splatting", 4000) < 2.5 * others + 0.3
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Paper)) == 8000


@given(told=st.lists(DIGESTS, min_size=2, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_a_crowd_of_one_title_the_same_papers_are_found_as_one_by_one(told, migrated, tmp_path_factory, monkeypatch):
    made = []
    for most in (20, 0):
        monkeypatch.setattr(identity, "MOST_NAMESAKES", most)
        path = tmp_path_factory.mktemp("store") / "papershelf.db"
        path.write_bytes(migrated.read_bytes())
        database = Database(f"sqlite:///{path}", connections=1)
        with database.write() as session:
            import_digests(session, [arrival(each) for each in told], datetime(2026, 1, 1, tzinfo=UTC))
        made.append(contents(database))
        database.close()
        path.unlink()
    assert made[0] == made[1]


def test_of_a_crowd_of_one_title_the_first_that_fits_is_joined(library, database):
    title = "On the Shelving of Papers"
    crowd = [entry(title, doi=f"10.1/{number}", authors=(f"Ann {number} Reed", "Bo Li")) for number in range(60)]
    later = [entry(title, authors=("Bo Li",)), entry(title, doi="10.2/a", authors=("Bo Li",))]
    library.digest(*crowd, *later, entry(title, arxiv_id="2412.90001", authors=("Ann 7 Reed",)))
    with database.read() as session:
        found = session.execute(select(Paper.doi, Paper.arxiv_id).join(Entry).order_by(Entry.position)).all()
    assert found[-3:] == [("10.1/0", None), ("10.2/a", None), ("10.1/7", "2412.90001")]


@BOTH_STORES
def test_of_papers_of_one_title_an_entry_with_an_id_joins_one_without(library, database):
    title, adams = "On the Shelving of Papers", {"authors": ("A. Adams",)}
    library.digest(entry(title, arxiv_id="2412.90001"), entry(title, doi="10.1/a"), entry(title, doi="10.1/b", **adams))
    library.digest(entry(title, arxiv_id="2412.90002", **adams), entry(title, arxiv_id="2412.90003", **adams))
    with database.read() as session:
        papers = session.execute(select(Paper.arxiv_id, Paper.doi).order_by(Paper.id)).all()
    assert papers == [("2412.90001", "10.1/a"), ("2412.90002", "10.1/b"), ("2412.90003", None)]


@BOTH_STORES
def test_an_update_keeps_what_the_digest_said_before(library, database):
    first = library.digest(entry("One"), path="/digests/one.md")
    with database.read() as session:
        before = session.get_one(Digest, first.digest_id).original
    library.digest(entry("Two"), path="/digests/one.md")
    with database.read() as session:
        assert session.scalars(select(DigestRevision.original)).all() == [before]


@BOTH_STORES
def test_a_digest_that_goes_back_to_what_it_said_has_only_its_other_state_beside_it(database):
    told = {"note_id": None, "revised_at": None, "tags": (), "last_day": DAY, "path": "/digests/one.md"}
    states = [arrival({**told, "content": number, "entries": (entry(f"State {number}"),)}) for number in (1, 2, 1)]
    for state in states:
        with database.write() as session:
            [result] = import_digests(session, [state])
    with database.read() as session:
        assert session.get_one(Digest, result.digest_id).original == states[0].raw
        assert session.scalars(select(DigestRevision.original)).all() == [states[1].raw]


@BOTH_STORES
def test_an_earlier_revision_that_comes_late_is_kept_beside_the_present_one(library, database):
    notes = {"note_id": "n", "topic": None}
    library.digest(entry("Now"), revised_at=datetime(2024, 2, 2, tzinfo=UTC), **notes)
    library.digest(entry("Before"), revised_at=datetime(2024, 1, 1, tzinfo=UTC), **notes)
    with database.read() as session:
        assert [kept.revised_at.month for kept in session.scalars(select(DigestRevision))] == [1]
        assert session.scalars(select(PaperVersion.title)).all() == ["Now"]


@pytest.mark.parametrize("escape", [r"\ud800", r"\0"])
@BOTH_STORES
def test_text_that_no_store_takes_spoils_no_other_file(database, tmp_path, escape):
    sample = (ROOT / "samples" / "2024-12-06" / "3DGS.md").read_text(encoding="utf-8")
    bad = sample.replace("title: ", f'title: "{escape}" # ', 1)
    assert bad != sample
    intake = Intake(database)
    reports = []
    for name, text in (("a.md", sample), ("b.md", bad), ("c.md", sample.replace("2024-12-06", "2024-12-08"))):
        reports += intake.take(Origin(tmp_path / name, tmp_path), text.encode())
    reports += intake.finish()
    assert [report.path.name for report in reports] == ["a.md", "b.md", "c.md"]
    assert [report.status for report in reports][::2] == ["new", "new"]
    assert reports[1].status in ("new", "failed")


LONG = "".join(f"{number * 7919 % 100_003:x}" for number in range(2000))
"""So long, and so little like itself, that no index of PostgreSQL takes it."""


@BOTH_STORES
@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("    - 3DGS", f"    - {LONG}", "failed"),
        ("**Authors:", f"**Authors:{LONG}, ", "failed"),
        ("## ", f"## {LONG} ", "new"),
    ],
    ids=["tag", "author", "title"],
)
def test_a_name_of_thousands_of_characters_spoils_no_other_file(database, tmp_path, before, after, status):
    sample = (ROOT / "samples" / "2024-12-06" / "3DGS.md").read_text(encoding="utf-8")
    bad = sample.replace(before, after, 1)
    assert bad != sample
    intake = Intake(database)
    reports = []
    for name, text in (("a.md", sample), ("b.md", bad), ("c.md", sample.replace("2024-12-06", "2024-12-08"))):
        reports += intake.take(Origin(tmp_path / name, tmp_path), text.encode())
    reports += intake.finish()
    assert [report.status for report in reports] == ["new", status, "new"]
    assert status == "new" or "at most 600" in reports[1].reason


@BOTH_STORES
def test_what_an_index_cannot_take_spoils_no_other_digest(database, tmp_path):
    told = {"note_id": None, "revised_at": None, "tags": (), "last_day": DAY}
    intake = Intake(database)
    digests_of = [(), (entry("Two", authors=(LONG,)),), (entry("Three"),)]
    arrivals = [
        arrival({**told, "content": number, "path": f"/digests/{number}.md", "entries": entries})
        for number, entries in enumerate(digests_of)
    ]
    reports = intake._store(arrivals)
    is_server = database.engine.dialect.name == "postgresql"
    assert [report.status for report in reports] == ["new", "failed" if is_server else "new", "new"]
