from time import process_time

from app import catalog
from app.catalog.facts import Fact, FactKind, facts_of
from app.digests import ParsedEntry
from tests.conftest import Library, entry


def found(library: Library, paper_id: int) -> list[Fact]:
    with library.database.read() as session:
        paper = catalog.find_paper(session, library.key(paper_id))
        return facts_of(paper.shown, catalog.newest_first(paper.entries))


def told(library: Library, **fields: object) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """Kind, value, and fields with their lines."""
    facts = found(library, library.paper(**{"first_line": 1, "last_line": 20, **fields}))
    return [(fact.kind.value, fact.value, [(origin.field, origin.line) for origin in fact.origins]) for fact in facts]


def test_what_the_authors_say_is_found_with_its_line(library: Library) -> None:
    facts = told(
        library,
        comment="CVPR 2024. Code: https://github.com/a/b",
        abstract="See https://a.github.io/b, or https://github.com/a/b.",
        lines={"comment": (5, 5), "abstract": (3, 3)},
    )
    assert facts == [
        ("venue", "CVPR 2024", [("comment", 5)]),
        ("code", "https://github.com/a/b", [("comment", 5), ("abstract", 3)]),
        ("project", "https://a.github.io/b", [("abstract", 3)]),
    ]


def test_institutions_and_keywords_are_found_on_the_lines_of_the_analysis(library: Library) -> None:
    analysis = (
        "<ol>\n<li>第一作者单位：<b>北京大学</b></li>\n<li><p>关键词：三维、NeRF &amp; more；扩散</p></li>\n</ol>"
    )
    assert told(library, analysis=analysis, lines={"analysis": (11, 14)}) == [
        ("affiliation", "北京大学", [("analysis", 12)]),
        ("keyword", "三维", [("analysis", 13)]),
        ("keyword", "NeRF & more", [("analysis", 13)]),
        ("keyword", "扩散", [("analysis", 13)]),
    ]


def test_what_is_yet_to_be_filled_in_is_no_fact(library: Library) -> None:
    analysis = (
        "3. Affiliation: xxx（第一作者的中文单位名称）\n4. **Keywords**: None\n单位：未提及\n关键词：" + "长" * 200
    )
    assert told(library, analysis=analysis) == []


def test_words_in_a_sentence_are_no_label(library: Library) -> None:
    assert told(library, analysis="The keywords: none of these\nsit at 单位：北京大学".replace("The", "All the")) == []


def test_what_two_digests_say_is_told_once_with_both_places(library: Library) -> None:
    def listed(line: int) -> ParsedEntry:
        return entry(arxiv_id="2412.00001", analysis="Keywords: NeRF", lines={"analysis": (line, line)})

    library.digest(listed(7), topic="3DGS")
    paper_id = library.paper(topic="NeRF", arxiv_id="2412.00001", analysis="关键词：nerf", lines={"analysis": (9, 9)})
    (fact,) = found(library, paper_id)
    assert fact.kind is FactKind.KEYWORD
    assert sorted(origin.line for origin in fact.origins) == [7, 9]


def test_a_comment_whose_digest_is_gone_is_still_a_fact(library: Library) -> None:
    assert told(library, comment="CVPR 2024") == [("venue", "CVPR 2024", [])]


def test_a_line_of_stars_or_blanks_is_read_at_once(library: Library) -> None:
    lines = [
        "*" * 20_000 + "关键",
        "关键词:" + " " * 20_000,
        "关键词: a" + " " * 20_000 + "b",
        "关键词: *" + " *" * 10_000,
    ]
    paper = library.paper(first_line=1, last_line=20, analysis="\n".join(lines))
    began = process_time()
    assert [fact.value for fact in found(library, paper)] == []
    assert process_time() - began < 1
