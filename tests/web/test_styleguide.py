"""The page that shows the look of all others."""

import re

from app.web.static import STATIC
from tests.web.html import parse


def test_every_colour_of_the_tokens_is_shown(client) -> None:
    sheet = (STATIC / "css" / "tokens.css").read_text()
    page = client.get("/styleguide").text
    names = re.findall(r"--([a-z-]+): light-dark", sheet)
    assert len(names) > 10
    for name in names:
        assert f"<b>{name}</b>" in page


def test_sheets_name_colours_and_write_none() -> None:
    """A colour written anywhere else would not know light from dark. White under figures is meant."""
    written = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(")
    found = {
        (sheet.name, colour)
        for sheet in (STATIC / "css").glob("*.css")
        if sheet.name != "tokens.css"
        for colour in written.findall(sheet.read_text())
    }
    assert found <= {(name, "#fff") for name in ("papers.css", "paper.css")}


def test_only_shades_let_through_what_is_behind_them() -> None:
    """A ground that cannot be seen marks nothing."""
    sheet = (STATIC / "css" / "tokens.css").read_text()
    colours = re.findall(r"--([a-z-]+): light-dark\((#\w+), (#\w+)\)", sheet)
    assert {name for name, *values in colours if any(len(value) != 7 for value in values)} == {"shade"}


def test_it_is_a_page_without_script_or_style_of_its_own(client) -> None:
    html = client.get("/styleguide").text
    assert " style=" not in html
    assert parse(html)
