"""What pages weigh: a reader on a train waits for each kilobyte."""

import pytest

from app.web.static import STATIC, static_url
from tests.conftest import entry

KILOBYTE = 1000
MOST = 60 * KILOBYTE
MARKS = KILOBYTE // 2
"""What a card may have more for readers who are signed in: two buttons, each a form that works without a script."""
SENTENCE = "We shelve the papers by the light of lanterns, and measure how long readers look for each of them. "
CHINESE = "我们在灯光下整理书架，并测量读者找到每一篇论文需要多长时间。"


def sent(client, address: str) -> int:
    """How many bytes of it go over the line to a browser."""
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200
        return sum(map(len, answer.iter_raw()))


def test_all_sheets_and_scripts_together_are_light(client):
    files = [file for file in STATIC.rglob("*") if file.suffix in (".css", ".js")]
    weights = {file.name: sent(client, static_url(str(file.relative_to(STATIC)))) for file in files}
    assert {"tokens.css", "htmx.min.js"} <= weights.keys()
    assert sum(weights.values()) <= MOST, sorted(weights.items(), key=lambda weight: -weight[1])


def long_paper(number: int):
    """As long as a paper of a real digest: five authors, half a page of abstract, seven key points, some tags."""
    return entry(
        f"{number} Ways of Shelving Papers by Lanterns, Moons and Other Lights That Readers Bring at Night",
        arxiv_id=f"2412.{number:05}",
        version=1,
        authors=tuple(f"Author Number-{number + other} Surname" for other in range(5)),
        abstract=SENTENCE * 14,
        comment="Accepted by a conference, 12 pages, 8 figures, code at https://shelves.example/code",
        summary=CHINESE * 4,
        key_points=(CHINESE,) * 7,
        analysis=(SENTENCE + CHINESE) * 20,
        tags=tuple(f"a tag of its own {number + other}" for other in range(4)),
    )


@pytest.fixture
def long_list(library) -> None:
    for topic in range(5):
        papers = [long_paper(100 * topic + number) for number in range(1, 6)]
        library.digest(*papers, topic=f"Topic {topic}", day=f"2024-12-0{topic + 1}")


@pytest.mark.usefixtures("long_list")
@pytest.mark.parametrize("address", ["/papers", "/papers?q=shelving"])
def test_a_list_of_25_long_papers_is_light(client, address):
    page = client.get(address)
    assert page.text.count("<article") == 25
    assert len(page.content) <= MOST


@pytest.mark.usefixtures("long_list")
def test_what_a_reader_can_mark_adds_little(reader):
    page = reader.get("/papers")
    assert page.text.count('aria-pressed="') == 2 * 25
    assert len(page.content) <= MOST + 25 * MARKS
