import shutil
import time
from threading import Thread

import pytest
from sqlalchemy import update

from app import catalog, digests
from app.catalog import PaperFilter, indexing
from app.db import Lock, take
from app.errors import SearchUnavailableError
from app.models import Paper, note_change
from app.search import SearchDocument, SearchQuery, open_index
from app.search.sparing import SparedIndex
from tests.conftest import BOTH_STORES, entry


@pytest.fixture
def found(database, index):
    def titles(words):
        with database.read() as session:
            listing = catalog.browse(session, index, PaperFilter(q=words))
            return sorted(card.paper.title for card in listing.cards), listing.total

    return titles


@pytest.fixture
def status(database, index):
    def told():
        with database.read() as session:
            return catalog.index_status(session, index)

    return told


@pytest.fixture
def _shelf(library):
    library.digest(*(entry(f"Shelf {name}") for name in ("Alpha", "Beta", "Gamma")), path="/in/a.md")


THREE = (["Shelf Alpha", "Shelf Beta", "Shelf Gamma"], 3)


@BOTH_STORES
@pytest.mark.usefixtures("_shelf")
def test_after_an_import_index_and_store_are_in_step(status):
    assert (status().papers, status().documents, status().stale, status().is_in_step) == (3, 3, 0, True)


def test_an_empty_library_is_in_step(status):
    assert status().is_in_step


@pytest.mark.usefixtures("_shelf")
def test_with_nothing_stale_there_is_nothing_to_do(database, index):
    assert catalog.sync_index(database, index) == 0


@BOTH_STORES
@pytest.mark.usefixtures("_shelf")
def test_an_index_that_was_emptied_is_filled_again(database, index, found, status):
    index.clear()
    assert not status().is_in_step
    assert catalog.sync_index(database, index) == 3
    assert found("shelf") == THREE


@pytest.mark.usefixtures("_shelf")
def test_an_index_whose_folder_was_deleted_is_filled_again(database, index, tmp_path):
    index.close()
    shutil.rmtree(tmp_path / "index")
    anew = open_index(tmp_path / "index")
    catalog.sync_index(database, anew)
    assert anew.count() == 3
    anew.close()


@pytest.mark.usefixtures("_shelf")
def test_an_index_that_lost_a_part_is_filled_again(database, index, found):
    index.remove([1])
    catalog.sync_index(database, index)
    assert found("shelf") == THREE


@pytest.mark.usefixtures("_shelf")
def test_a_paper_changed_is_found_by_its_new_words_and_not_by_its_old(library, found):
    library.digest(entry("Shelf Alpha", summary="quokka"), path="/in/a.md")
    assert found("quokka") == (["Shelf Alpha"], 1)
    library.digest(entry("Shelf Alpha", summary="wombat"), path="/in/a.md")
    assert (found("quokka"), found("wombat")) == (([], 0), (["Shelf Alpha"], 1))


@pytest.mark.usefixtures("_shelf")
def test_a_paper_that_no_digest_lists_leaves_the_index(library, index, status):
    library.digest(entry("Shelf Alpha"), path="/in/a.md")
    assert index.count() == 1
    assert status().is_in_step


@pytest.mark.usefixtures("_shelf")
def test_a_stop_halfway_is_made_good_by_the_next_run(database, index, found, status, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 1)
    with database.write() as session:
        session.execute(update(Paper).values(indexed=0))
    index.clear()

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalog.sync_index(database, index, stop)
    assert (status().documents, status().stale) == (1, 2)
    assert catalog.sync_index(database, index) == 2
    assert found("shelf") == THREE
    assert status().is_in_step


@pytest.mark.usefixtures("_shelf")
def test_a_stop_between_index_and_store_writes_nothing_twice(database, index, status):
    with database.write() as session:  # the index has seen them, the store does not know yet
        session.execute(update(Paper).values(indexed=0))
    catalog.sync_index(database, index)
    assert index.count() == 3
    assert status().is_in_step


@pytest.mark.usefixtures("_shelf")
def test_a_paper_that_changes_while_it_is_indexed_is_indexed_again(database, index, status, monkeypatch):
    put, written = index.put, []

    def change_meanwhile(documents):
        late = list(documents)
        written.append([document.paper_id for document in late])
        put(late)
        if len(written) < 3:
            with database.write() as session:
                session.execute(update(Paper).where(Paper.id == 2).values(changed=Paper.changed + 1))

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(index, "put", change_meanwhile)
        assert catalog.rebuild_index(database, index) == 3
    assert written == [[1, 2, 3], [2], [2]]
    assert status().is_in_step


@pytest.mark.usefixtures("_shelf")
def test_an_older_state_that_comes_late_does_not_stay(database, index, library, found, status, monkeypatch):
    """Two processes read a paper, the one before it changed, the other after; the first writes last."""
    put = index.put

    def overtaken(documents):
        late = list(documents)
        monkeypatch.setattr(index, "put", put)
        library.digest(entry("Shelf Alpha", summary="quokka"), path="/in/b.md")
        assert found("quokka") == (["Shelf Alpha"], 1)
        put(late)

    monkeypatch.setattr(index, "put", overtaken)
    catalog.rebuild_index(database, index)
    assert status().is_in_step
    assert found("quokka") == (["Shelf Alpha"], 1)


@pytest.mark.usefixtures("_shelf")
def test_while_the_engine_is_away_its_spare_takes_everything(database, library, status, tmp_path, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 2)
    library.digest(entry("Shelf Alpha"), entry("Shelf Beta"), entry("Shelf Delta"), path="/in/a.md")
    with database.write() as session:
        session.execute(update(Paper).values(indexed=0))
    waiting = status().stale
    assert waiting > status().papers  # some are listed nowhere any more
    away = open_index(tmp_path / "spare", url="http://127.0.0.1:9", key="x", name="x", has_spare=True)
    with pytest.raises(SearchUnavailableError):
        catalog.sync_index(database, away, fills_spare=False)
    assert 0 < away.search(SearchQuery("shelf")).total < 3
    for act in (catalog.sync_index, catalog.rebuild_index):
        with pytest.raises(SearchUnavailableError):
            act(database, away)
        assert away.search(SearchQuery("shelf")).total == 3
        assert status().stale == waiting
    away.close()


def test_a_paper_is_found_by_every_id_it_goes_by(database, index, library, found):
    kept = library.paper("Kept", arxiv_id="2412.00001", doi="10.1145/3592433")
    other = library.paper("Merged", arxiv_id="2412.00002")
    with database.write() as session:
        digests.merge(session, session.get_one(Paper, kept), session.get_one(Paper, other))
    catalog.sync_index(database, index)
    for asked in ("2412.00001", "10.1145/3592433", "https://doi.org/10.1145/3592433", "2412.00002v3"):
        assert found(f"id:{asked} ") == (["Kept"], 1)
    with database.read() as session:
        opened = [catalog.pasted_paper(session, typed) for typed in ("arXiv:2412.00002", "10.48550/arXiv.2412.00002")]
        assert [paper.id for paper in opened] == [kept, kept]


@pytest.mark.usefixtures("_shelf")
def test_rebuilding_forgets_what_the_store_does_not_know(database, index, status):
    index.put([SearchDocument(999, "Shelf of another library")])
    assert (status().surplus, status().is_in_step) == (1, False)
    assert catalog.rebuild_index(database, index) == 3
    assert status().is_in_step


@pytest.mark.usefixtures("_shelf")
def test_a_search_while_the_index_is_rebuilt_finds_what_it_found_before(database, index, found):
    before = found("shelf")
    seen = []
    assert catalog.rebuild_index(database, index, lambda _: seen.append(found("shelf"))) == 3
    index.remove([1])
    assert catalog.rebuild_index(database, index) == 3
    assert seen == [before]
    assert found("shelf") == before


@pytest.mark.usefixtures("_shelf")
def test_what_the_index_lost_is_counted_as_missing(index, status):
    index.remove([1])
    assert (status().missing, status().surplus, status().stale) == (1, 0, 0)


@pytest.mark.usefixtures("_shelf")
def test_a_surplus_document_as_after_a_restored_backup_does_not_stay(database, index, found):
    index.put([SearchDocument(999, "Shelf of a later day")])
    catalog.sync_index(database, index)
    assert found("shelf") == THREE


@pytest.mark.usefixtures("_shelf")
def test_a_surplus_document_does_not_hide_that_another_is_lost(database, index, found):
    index.put([SearchDocument(999, "Shelf of a later day")])
    index.remove([1])
    catalog.sync_index(database, index)
    assert found("shelf")[0] == THREE[0]


def eventually(holds, seconds=20.0):
    latest = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < latest, "it did not come to hold"
        time.sleep(0.02)


@pytest.mark.usefixtures("_shelf")
def test_what_nobody_indexed_is_indexed_while_the_application_serves(database, index, found, status):
    keeping_up = catalog.KeepingUp(database, index, every=0.05)
    keeping_up.start()
    try:
        with database.write() as session:
            session.execute(update(Paper).values(indexed=0))
        assert status().stale == 3
        eventually(lambda: status().is_in_step)
    finally:
        keeping_up.stop()
    assert found("shelf") == THREE


@pytest.mark.usefixtures("_shelf")
@pytest.mark.parametrize("loss", ["deleted", "emptied", "surplus"])
def test_an_index_that_was_deleted_is_filled_again_while_the_application_serves(
    database, index, found, status, tmp_path, loss
):
    if loss == "deleted":
        shutil.rmtree(tmp_path / "index")
    elif loss == "emptied":
        index.clear()
    else:
        index.put([SearchDocument(999, "Shelf of a later day")])
    assert (status().stale, status().is_in_step) == (0, False)
    keeping_up = catalog.KeepingUp(database, index, every=0.05)
    keeping_up.start()
    try:
        eventually(lambda: status().is_in_step)
    finally:
        keeping_up.stop()
    assert found("shelf") == THREE


@pytest.mark.usefixtures("_shelf")
def test_an_engine_that_is_away_with_nothing_to_index_is_left_in_peace(database, index, caplog):
    index.close()
    keeping_up = catalog.KeepingUp(database, index, every=0.01)
    for _ in range(3):
        keeping_up._look()
    assert caplog.messages == []


@pytest.mark.usefixtures("_shelf")
def test_an_engine_that_is_away_is_asked_again(database, index, status, caplog):
    index.close()
    with database.write() as session:
        session.execute(update(Paper).values(indexed=0))
    keeping_up = catalog.KeepingUp(database, index, every=0.05)
    keeping_up.start()
    try:
        eventually(lambda: len(caplog.messages) >= 2)
    finally:
        keeping_up.stop()
    assert "The search index is behind" in caplog.messages[0]


@pytest.mark.usefixtures("_shelf")
def test_a_spare_takes_what_waits_once_while_its_engine_is_away(database, index, status, tmp_path):
    with database.write() as session:
        session.execute(update(Paper).values(indexed=0))
    away = open_index(tmp_path / "spare", url="http://127.0.0.1:9", key="x", name="x", has_spare=True)
    keeping_up = catalog.KeepingUp(database, away)
    keeping_up._look()
    with pytest.raises(SearchUnavailableError):
        keeping_up._look()
    assert away.search(SearchQuery("shelf")).total == 3
    keeping_up._look()
    keeping_up._look()  # nothing is tried, or it would fail again
    away.close()
    back = catalog.KeepingUp(database, index)
    back._remaining = keeping_up._remaining
    back._look()
    back._look()
    assert status().is_in_step
    assert back._remaining == (0, 0)


@pytest.mark.usefixtures("_shelf")
def test_an_engine_that_fails_to_write_once_is_asked_again_though_it_has_a_spare(
    database, index, status, tmp_path, monkeypatch
):
    with database.write() as session:
        session.execute(update(Paper).values(indexed=0))
    put = index.put

    def fail_once(documents):
        monkeypatch.setattr(index, "put", put)
        raise SearchUnavailableError("The server starts again.")

    monkeypatch.setattr(index, "put", fail_once)
    spared = SparedIndex(index, open_index(tmp_path / "spare"))
    keeping_up = catalog.KeepingUp(database, spared)
    keeping_up._look()
    with pytest.raises(SearchUnavailableError):
        keeping_up._look()
    keeping_up._look()
    assert status().is_in_step


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_indexing_waits_for_an_import_or_a_decision_to_end(database, index, library, status):
    library.digest(entry("Shelf Alpha"), is_indexed=False)
    indexer = Thread(target=catalog.sync_index, args=(database, index))
    with database.write() as session:
        take(session, Lock.IMPORT)
        indexer.start()
        indexer.join(0.5)
        assert indexer.is_alive()
        session.execute(update(Paper).values(doi="10.1/a"))
        note_change(session)
    indexer.join(20)
    assert status().is_in_step
