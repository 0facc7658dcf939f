import pytest

from tests.cli.conftest import SAMPLES, as_json


def test_coverage_lists_the_missing_days_of_each_topic(papershelf):
    papershelf("import", SAMPLES)
    found = as_json(papershelf("coverage", "--json"))
    assert found["period"] == "2024-12"
    topics = {about["topic"]: about for about in found["topics"]}
    assert topics["3DGS"]["missing_days"] == []
    assert topics["3DGS"]["days"]["2024-12-06"]["state"] == "present"
    assert None in topics
    assert found["total"]["digests"] == 5


def test_a_day_between_two_digests_is_shown_as_missing(papershelf, tmp_path):
    text = (SAMPLES / "2024-12-06" / "3DGS.md").read_text(encoding="utf-8")
    for day in ("06", "09"):
        (tmp_path / f"{day}.md").write_text(text.replace("2024-12-06", f"2024-12-{day}"), encoding="utf-8")
    papershelf("import", tmp_path / "06.md", tmp_path / "09.md")
    line = next(line for line in papershelf("coverage").stdout.splitlines() if line.endswith("3DGS"))
    assert line.split()[4:10] == [".", line.split()[5], "-", "-", line.split()[5], "."]
    (about,) = as_json(papershelf("coverage", "--year", "2024", "--json"))["topics"]
    assert about["missing_days"] == ["2024-12-07", "2024-12-08"]
    assert about["months"]["2024-12"]["digests"] == 2


@pytest.mark.parametrize(
    "asked", [["--month", "2024"], ["--year", "2024-12"], ["--month", "2024-12", "--year", "2024"]]
)
def test_what_is_no_month_or_year_is_refused(papershelf, asked):
    assert papershelf("coverage", *asked).exit_code == 2


def test_an_empty_library_has_no_coverage(papershelf):
    assert papershelf("coverage").stdout == "There are no digests then.\n"
    assert as_json(papershelf("coverage", "--json")) == {}
