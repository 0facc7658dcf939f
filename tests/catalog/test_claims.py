import pytest

from app.catalog.claims import find_venues, mentions_code


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
