from datetime import UTC, datetime

import pytest

from app.db import Database
from app.digests.arrivals import content_hash
from app.models import DigestRevision
from tests.cli.conftest import as_json
from tests.web.test_changes import LIST, NEWER


@pytest.fixture
def changed(papershelf, tmp_path):
    """A library with one digest that said something else before."""
    (tmp_path / "kites.md").write_text(NEWER)
    assert papershelf("import", tmp_path / "kites.md").exit_code == 0
    database = Database(f"sqlite:///{tmp_path}/data/papershelf.db")
    raw = LIST.encode()
    with database.write() as session:
        came = datetime(2024, 1, 1, tzinfo=UTC)
        session.add(DigestRevision(digest_id=1, sha256=content_hash(raw), original=raw, imported_at=came))
    database.close()


@pytest.mark.usefixtures("changed")
class TestChanges:
    def test_are_told_field_by_field(self, papershelf):
        told = papershelf("changes", 1).stdout
        assert "~ Kites by Day (lines 4–4, then lines 4–4)" in told
        assert "基于[-高斯的新-]{+扩散模型的+}方法" in told

    def test_are_told_to_programs(self, papershelf):
        told = as_json(papershelf("changes", 1, "--json"))
        assert [state["state"] for state in told["states"]] == ["now", "1"]
        assert (told["from"], told["to"]) == ("1", "now")
        fields = [one["fields"] for one in told["changes"]["kept"]]
        assert [set(names) for names in fields] == [{"summary"}, {"summary"}]
        assert fields[1]["summary"]["before"] == "基于高斯的新方法。"
        assert fields[1]["summary"]["lines_after"] == [4, 4]

    def test_backwards(self, papershelf):
        assert "[-扩散模型的-]{+高斯的新+}" in papershelf("changes", 1, "--from", "now", "--to", "1").stdout

    def test_a_state_compared_with_itself(self, papershelf):
        assert "one and the same" in papershelf("changes", 1, "--from", "now").stdout
        assert as_json(papershelf("changes", 1, "--from", "now", "--json"))["changes"] is None


def test_what_is_not_there_is_an_error(papershelf):
    result = papershelf("changes", 7)
    assert result.exit_code == 1
    assert "no such digest" in str(result.exception)
