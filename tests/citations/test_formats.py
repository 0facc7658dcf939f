import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.citations import Remark, Work, meta_tags, to_bibtex, to_csl_json, to_markdown, to_ris

PAPER = Work(
    "NeRF at 100% & more: a $O(n^2)$ tale",
    ("Wei Wang", "Joost van de Weijer", "王小明", "Robert Downey Jr.", "Research and Shelving"),
    "Costs $5\nand {braces}.",
    "Accepted #1",
    "2412.04471",
    version=2,
    page="https://shelf.example/papers/2412.04471",
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
WORKS = st.builds(
    Work,
    title=TEXTS,
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    abstract=TEXTS,
    comment=TEXTS,
    arxiv_id=st.sampled_from(["", "2412.04471", "cs/0501001"]),
    doi=st.sampled_from(["", "10.1/a{b}%_c"]),
    link=TEXTS,
)


def test_a_preprint_in_bibtex() -> None:
    assert to_bibtex([PAPER]) == (
        "@misc{wang2024nerf,\n"
        r"  title = {{NeRF} at 100\% \& more: a $O(n^2)$ tale}," + "\n"
        "  author = {Wang, Wei and van de Weijer, Joost and 王, 小明 and Downey, Jr., Robert and {Shelving, Research and}},\n"
        "  year = {2024},\n"
        "  month = dec,\n"
        "  eprint = {2412.04471},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2412.04471},\n"
        r"  note = {Accepted \#1}," + "\n"
        r"  abstract = {Costs \$5 and \textbraceleft{}braces\textbraceright{}.}," + "\n"
        "}\n"
    )


def test_bibtex_names_the_class_where_the_id_tells_it() -> None:
    assert "primaryClass = {cs}" in to_bibtex([Work("A title", arxiv_id="cs/0501001")])
    assert "primaryClass" not in to_bibtex([PAPER])


def test_bibtex_without_an_arxiv_id_names_doi_and_link() -> None:
    written = to_bibtex([Work("A title", doi="10.1/a{b}_c")])
    assert "doi = {10.1/a%7Bb%7D_c}" in written
    assert "eprint" not in written
    assert "year" not in written


@given(st.lists(WORKS, max_size=3))
def test_bibtex_is_always_in_order(works: list[Work]) -> None:
    written = to_bibtex(works)
    depth, entries = 0, 0
    for char in written:
        entries += char == "@" and depth == 0
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert (depth, entries) == (0, len(works))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50% of $x_1$", r"50\% of $x_1$"),
        ("between $5 and $10", r"between \$5 and \$10"),
        ("a_b & c#d ~ e^f \\g", r"a\_b \& c\#d \textasciitilde{} e\textasciicircum{}f \textbackslash{}g"),
        ("$}$ and ${$", r"\$\textbraceright{}\$ and \$\textbraceleft{}\$"),
        ("für 三维", "für 三维"),
    ],
)
def test_what_is_special_to_latex_is_escaped(text: str, written: str) -> None:
    assert f"note = {{{written}}}" in to_bibtex([Work("A title", comment=text)])


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Gaussian splatting", "Gaussian splatting"),
        ("CLIP-guided (NeRF) in 3D", "{CLIP-guided} ({NeRF}) in {3D}"),
        ("iPhone pictures", "{iPhone} pictures"),
        ("高斯NeRF", "{高斯NeRF}"),
    ],
)
def test_capitals_of_names_are_kept(title: str, written: str) -> None:
    assert f"title = {{{written}}}" in to_bibtex([Work(title)])


def test_a_preprint_in_ris() -> None:
    assert to_ris([PAPER]).split("\r\n") == [
        "TY  - UNPB",
        "TI  - NeRF at 100% & more: a $O(n^2)$ tale",
        "AU  - Wang, Wei",
        "AU  - van de Weijer, Joost",
        "AU  - 王, 小明",
        "AU  - Downey, Robert, Jr.",
        "AU  - Shelving, Research and",
        "PY  - 2024",
        "DA  - 2024/12//",
        "AB  - Costs $5 and {braces}.",
        "UR  - https://arxiv.org/abs/2412.04471",
        "L1  - https://arxiv.org/pdf/2412.04471",
        "AN  - arXiv:2412.04471",
        "N1  - Accepted #1",
        "LA  - en",
        "ER  - ",
        "",
    ]


@given(st.lists(WORKS, max_size=3))
def test_each_line_of_ris_has_its_tag(works: list[Work]) -> None:
    lines = to_ris(works).split("\r\n")[:-1]
    assert all(line[:2].isupper() and line[2:6] == "  - " and "\n" not in line for line in lines)
    assert lines.count("ER  - ") == lines.count("TY  - UNPB") + lines.count("TY  - GEN") == len(works)


def test_a_preprint_in_csl_json() -> None:
    (item,) = json.loads(to_csl_json([PAPER]))
    assert item["id"] == "wang2024nerf"
    assert item["type"] == "article"
    assert item["author"][:4] == [
        {"family": "Wang", "given": "Wei"},
        {"family": "Weijer", "given": "Joost", "non-dropping-particle": "van de"},
        {"family": "王", "given": "小明"},
        {"family": "Downey", "given": "Robert", "suffix": "Jr."},
    ]
    assert item["issued"] == {"date-parts": [[2024, 12]]}
    assert (item["number"], item["URL"]) == ("arXiv:2412.04471", "https://arxiv.org/abs/2412.04471")


def test_csl_json_says_nothing_that_is_not_known() -> None:
    assert json.loads(to_csl_json([Work("A title", ("Tencent",))])) == [
        {
            "id": "tencenttitle",
            "type": "article",
            "title": "A title",
            "author": [{"literal": "Tencent"}],
            "language": "en",
        }
    ]


def test_one_paper_in_markdown_has_what_digests_say() -> None:
    work = Work(
        "Stars *and* stripes",
        ("Wei Wang",),
        "First.\nSecond.",
        arxiv_id="2412.04471",
        page="https://shelf.example/p",
        remarks=(Remark("2024-12-07 3DGS", "一句话。", ("One", "Two")), Remark("empty")),
    )
    assert to_markdown([work]) == (
        "# Stars \\*and\\* stripes\n\n"
        "Wei Wang. [Stars \\*and\\* stripes](<https://arxiv.org/abs/2412.04471>). 2024. arXiv:2412.04471.\n\n"
        "> First.\n> Second.\n\n"
        "## 2024-12-07 3DGS\n\n一句话。\n\n- One\n- Two\n\n"
        "<https://shelf.example/p>\n"
    )


def test_several_papers_in_markdown_are_a_list() -> None:
    assert (
        to_markdown([Work("One", doi="10.1/x"), Work("Two")])
        == "- [One](<https://doi.org/10.1/x>). doi:10.1/x.\n- Two.\n"
    )


def test_the_tags_of_a_preprint() -> None:
    assert list(meta_tags(Work("A  title", ("Wei Wang", "A; B"), "Words", arxiv_id="2412.04471"))) == [
        ("citation_title", "A title"),
        ("citation_author", "Wang, Wei"),
        ("citation_author", "B, A"),
        ("citation_publication_date", "2024/12"),
        ("z:itemType", "preprint"),
        ("citation_arxiv_id", "2412.04471"),
        ("citation_abstract_html_url", "https://arxiv.org/abs/2412.04471"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2412.04471"),
        ("citation_abstract", "Words"),
        ("citation_language", "en"),
    ]


def test_a_paper_with_a_doi_is_no_mere_preprint() -> None:
    tags = dict(meta_tags(Work("A title", arxiv_id="2412.04471", doi="10.1/x")))
    assert tags["citation_doi"] == "10.1/x"
    assert "z:itemType" not in tags
