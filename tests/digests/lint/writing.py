"""Digests of our own writing, for the rules to judge. These papers do not exist."""

from app.digests.lint import Finding, lint
from app.digests.parsing import parse_digest

OWN_ID = "2412.90001"
AUTHORS = "Mira Oyelund, Théo Marchetti-Roux, Jun Hasegata"
SUMMARY = "用风筝拍摄的视频重建屋顶，风越大越准确。"
POINTS = ("风筝线的张力给出相机的高度。", "屋顶的边缘用来对齐各帧。")
ANALYSIS = "1. 标题：风筝上的重建\n\n2. 方法：先估计风向，再对齐屋顶的边缘，最后融合各帧，得到完整的模型。"
IMAGE = "https://figures.example/kite/1.jpg"


def entry(
    *,
    title: str = "Kites over Rooftops: Reconstruction from the Wind",
    arxiv_id: str = OWN_ID,
    authors: str = AUTHORS,
    summary: str = SUMMARY,
    points: tuple[str, ...] = POINTS,
    analysis: str = ANALYSIS,
    image: str = IMAGE,
) -> str:
    items = "\n".join(f"- {point}" for point in points)
    return (
        f"## {title}\n\n**Authors:{authors}**\n\nWe reconstruct roofs from kites. \n\n"
        f"[PDF](http://arxiv.org/abs/{arxiv_id}v1) \n\n**Summary**\n{summary}\n\n**Key Takeaways**\n{items}\n\n"
        "**[ChatPaperFree](https://huggingface.co/spaces/Kedreamix/ChatPaperFree)**\n\n"
        f"{analysis}\n\n<details>\n  <summary>点此查看论文截图</summary>\n"
        f'<img src="{image}" align="middle">\n</details>\n\n'
    )


def digest(*entries: str) -> str:
    return "---\ntitle: Kites\ndate: 2024-12-07 10:00:00\ntags:\n    - Kites\n---\n\n# 2024-12-07 更新\n\n" + "".join(
        entries
    )


def note(*bodies: str) -> str:
    """A hand-written note in Dendron."""
    head = "---\nid: kites0over0rooftops0001\ntitle: '20241207'\ndesc: ''\nupdated: 1733443200000\ncreated: 1733392800000\n---\n\n"
    return head + "".join(
        f"## Paper number {number} about kites\n\n{body}\n\n" for number, body in enumerate(bodies, 1)
    )


def findings(text: str, *, repaired: bool = False, switched_off: tuple[str, ...] = ()) -> list[Finding]:
    return list(lint(parse_digest(text), text, repaired=repaired, switched_off=switched_off))


def rules(text: str) -> set[str]:
    return {finding.rule for finding in findings(text)}


def in_analysis(line: str) -> str:
    """A digest whose analysis holds this line between two good ones."""
    return digest(entry(analysis=f"1. 标题：风筝上的重建\n\n{line}\n\n3. 结论：风越大，模型越准确，这一点出人意料。"))


def line_of(text: str, words: str) -> int:
    """The one line that holds `words`."""
    numbers = [number for number, line in enumerate(text.split("\n"), 1) if words in line]
    assert len(numbers) == 1, f"{words!r} stands on {len(numbers)} lines"
    return numbers[0]
