from time import process_time

import pytest

from app.catalog.claims import LinkKind, find_links, find_venues, mentions_code


@pytest.mark.parametrize(
    ("comment", "venues"),
    [
        ("Accepted by CVPR 2024", ("CVPR 2024",)),
        ("accepted at NeurIPS'24 (spotlight)", ("NeurIPS 2024",)),
        ("SIGGRAPH Asia 2024, project page: https://a.org/cvpr2023", ("SIGGRAPH Asia 2024",)),
        ("2024 IEEE/RSJ IROS", ("IROS 2024",)),
        ("ACM MM 2024", ("ACM MM 2024",)),
        ("ECCV2024 and an earlier version at ICCV 2023 workshop", ("ECCV 2024", "ICCV 2023")),
        ("To appear in TPAMI", ("TPAMI",)),
        ("one more tip for readers, 12 pages", ()),
        ("CVPR CVPR", ("CVPR",)),
        ("12 pages, 7 figures", ()),
    ],
)
def test_a_comment_names_venues(comment: str, venues: tuple[str, ...]) -> None:
    assert find_venues(comment) == venues


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code: https://github.com/a/b.", True),
        ("at https://gitlab.com/a/b", True),
        ("https://huggingface.co/spaces/a/b", True),
        ("https://huggingface.co/papers/2412.00001", False),
        ("https://github.com/a", False),
        ("code will be released", False),
    ],
)
def test_a_link_to_code_is_one(text: str, expected: bool) -> None:
    assert mentions_code([text]) is expected


CODE, PROJECT, OTHER = LinkKind.CODE, LinkKind.PROJECT, LinkKind.OTHER


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Code: https://github.com/a/b.", [(CODE, "https://github.com/a/b")]),
        ("see our main-page \\url{https://a.org/x/}.", [(PROJECT, "https://a.org/x/")]),
        ("at a-b.github.io/c, code soon", [(PROJECT, "https://a-b.github.io/c")]),
        ("Video (https://youtu.be/x_(1))", [(OTHER, "https://youtu.be/x_(1)")]),
        ("[Project](https://a.org/b) (CVPR)", [(PROJECT, "https://a.org/b")]),
        ("https://huggingface.co/a/b\\_c", [(CODE, "https://huggingface.co/a/b_c")]),
        ("https://a.github.io and again https://A.github.io", [(PROJECT, "https://a.github.io")]),
        ("v2 of https://arxiv.org/abs/2412.00001, https://doi.org/10.1/x", []),
        ("me@a.github.io", []),
        ("12 pages", []),
    ],
)
def test_addresses_are_found(text: str, links: list[tuple[LinkKind, str]]) -> None:
    assert [(link.kind, link.url) for link in find_links(text)] == links


def test_a_comment_of_thousands_of_links_and_venues_is_read_at_once() -> None:
    began = process_time()
    links = list(find_links("".join(f"Project https://a.example/{number} " for number in range(10_000))))
    venues = find_venues("2024 CVPR " * 10_000 + "CVPR" + " " * 10_000)
    [closed] = find_links("https://a.example/(b)" + ")" * 20_000)
    assert process_time() - began < 1
    assert ({link.kind for link in links}, len(links)) == ({PROJECT}, 10_000)
    assert (venues, closed.url) == (("CVPR 2024", "CVPR"), "https://a.example/(b)")
