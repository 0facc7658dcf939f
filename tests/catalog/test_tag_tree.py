from datetime import date

from app.catalog import NameCount, grow


def drawn(branches, depth=0):
    """A line a branch, indented; in brackets what is no tag itself."""
    for one in branches:
        yield "  " * depth + (one.label if one.tag else f"[{one.label}]")
        yield from drawn(one.nested, depth + 1)


def grown(*names):
    return list(drawn(grow(NameCount(name, name, 1, date(2024, 12, 7)) for name in names)))


def test_nested_tags_stand_below_theirs():
    assert grown("nerf", "gan", "nerf/dynamic", "nerf/dynamic/fast") == ["nerf", "  dynamic", "    fast", "gan"]


def test_a_branch_stands_where_the_first_of_it_stands_though_its_root_comes_later_or_never():
    assert grown("nerf/dynamic", "gan", "nerf", "虚拟/人") == ["nerf", "  dynamic", "gan", "[虚拟]", "  人"]


def test_slashes_that_part_nothing_are_part_of_the_name():
    assert grown("/", "a/", "/b", "a//c") == ["/", "a/", "  c", "/b"]


def test_a_root_is_read_without_the_underscore_before_its_digit():
    assert grown("_3D", "_3D/scene") == ["3D", "  scene"]


def test_a_tag_of_thousands_of_parts_is_one_name():
    deep = "/".join(["nerf", *"a" * 20])
    assert grown("nerf", deep)[-1] == "  " * 20 + "a"
    assert grown("nerf", f"{deep}/a", "a/" * 2000 + "a") == ["nerf", f"{deep}/a", "a/" * 2000 + "a"]
