"""A library in which both languages speak of the same things, and of nothing else: the truth is known."""

from random import Random

from app.terms import TextPair

TRUTH = {
    "lantern": ("灯笼",),
    "bookshelf": ("书架",),
    "moon light": ("月光",),
    "folded crane": ("纸鹤",),
    "compass": ("指南针",),
    "river crossing": ("渡河",),
    "mirror": ("镜子",),
    "ladder": ("梯子",),
    "ink stone": ("砚台",),
    "bamboo": ("竹子", "修竹"),
    "tea house": ("茶馆", "茶楼"),
    "weather vane": ("风标",),
    "clock tower": ("钟楼",),
    "silk": ("丝绸",),
    "harbour": ("海港",),
    "pine forest": ("松林",),
}
_ENGLISH = ("Here is {}.", "We look at {}, again.", "It has {}!", "Some say ({}) so.")
_CHINESE = ("这里是{}。", "我们看{}，又看。", "它的{}！", "有人说，{}。", "为了{}而来。")


def library(papers: int = 240, seed: int = 7) -> list[TextPair]:
    """Each paper speaks of some five things; of two Chinese words for a thing it uses one."""
    random = Random(seed)  # noqa: S311
    return [_paper(random, random.sample(sorted(TRUTH), 5)) for _ in range(papers)]


def _paper(random: Random, things: list[str]) -> TextPair:
    english = [random.choice(_ENGLISH).format(thing + random.choice(("", "s"))) for thing in things]
    chinese = [random.choice(_CHINESE).format(random.choice(TRUTH[thing])) for thing in things]
    random.shuffle(chinese)
    return TextPair(" ".join(english), "".join(chinese))
