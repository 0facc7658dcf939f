"""What keys do, and where the focus is afterwards."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import wait_for_paint
from tests.browser.test_stories import sign_up, titles


@pytest.fixture
def java_script_enabled() -> bool:
    return True  # keys are a script's


@pytest.fixture
def press(page: Page) -> Callable[..., None]:
    def keys(*names: str) -> None:
        wait_for_paint(page)
        for name in names:
            page.keyboard.press(name)

    return keys


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def announced(page: Page) -> Locator:
    return page.locator("#announcer")


def test_from_paper_to_paper_and_into_one_and_back(page: Page, press):
    page.goto("/papers")
    names = titles(page)
    press("j")
    expect(focused(page)).to_have_text(names[0])
    press("j", "j", "k")
    expect(focused(page)).to_have_text(names[1])
    expect(focused(page)).to_be_in_viewport()
    press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(names[1])
    press("u")
    expect(page).to_have_url(re.compile("/papers$"))
    press("j", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(names[0])


def test_from_a_paper_one_gets_up_to_its_list_after_signing_in(page: Page, press):
    page.goto("/papers?topic=3DGS")
    of_list = re.compile(r"^[^?]*/papers/[^?]+\?list=")
    press("j", "o")
    expect(page).to_have_url(of_list)
    sign_up(page)
    expect(page).to_have_url(of_list)
    press("u")
    expect(page).to_have_url(re.compile(r"/papers\?topic=3DGS$"))


def test_a_paper_that_is_open_is_not_opened(page: Page, press):
    page.goto("/papers/2412.90051")
    expect(page.locator("article.paper h2 a").first).to_be_visible()  # to the day, say
    page.evaluate("addEventListener('click', (event) => { event.preventDefault(); window.pressed = true; }, true)")
    press("o", "Enter")
    assert page.evaluate("window.pressed") is None


def test_marking_keeps_the_focus_and_says_so(page: Page, press):
    page.goto("/papers")
    sign_up(page)
    page.wait_for_url("**/papers")
    names = titles(page)
    press("j", "m")
    expect(announced(page)).to_have_text("Marked as read.")
    expect(focused(page)).to_have_text(names[0])
    press("k", "n", "s")
    expect(announced(page)).to_have_text("Bookmarked.")
    expect(focused(page)).to_have_text(names[1])
    press("s")
    expect(announced(page)).to_have_text("Bookmark removed.")
    button = page.get_by_role("article").nth(2).get_by_role("button", name="Read")
    button.focus()
    press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    press("g", "u")
    expect(page).to_have_url(re.compile(r"/papers\?read=no$"))
    assert titles(page) == [name for place, name in enumerate(names) if place not in (0, 2)]


def test_the_days_are_turned_and_progress_follows(page: Page, press):
    page.goto("/2024-12-07")
    sign_up(page)
    page.wait_for_url("**/2024-12-07")
    press("j", "m")
    expect(page.locator(".progress")).to_contain_text(re.compile(r"1 of \d+ read"))
    press("[")
    expect(page).to_have_url(re.compile("2024-12-06$"))
    press("]")
    expect(page).to_have_url(re.compile("2024-12-07$"))


def test_keys_belong_to_the_one_who_types(page: Page, press):
    page.goto("/papers")
    press("/")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("jm?g")
    expect(box).to_have_value("jm?g")
    assert page.locator("dialog[open]").count() == 0
    assert page.locator("article :focus").count() == 0


def test_keys_belong_to_what_is_being_composed(page: Page, press):
    page.goto("/papers")
    press("/")
    keyboard = page.context.new_cdp_session(page)
    for letters in ("g", "ga", "gao"):
        keyboard.send("Input.imeSetComposition", {"text": letters, "selectionStart": 3, "selectionEnd": 3})
    keyboard.send("Input.insertText", {"text": "高"})
    expect(page.get_by_role("searchbox")).to_have_value("高")
    for event in ({"isComposing": True}, {"keyCode": 229}):
        page.evaluate(
            "event => document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true, ...event}))",
            event,
        )
    expect(page.get_by_role("searchbox")).to_be_focused()
    # Safari ends the composition before the key that ended it arrives.
    page.evaluate("""() => {
        document.activeElement.blur();
        document.body.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true}));
    }""")
    assert page.locator("dialog[open], article :focus").count() == 0
    page.wait_for_timeout(150)
    press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_an_enter_that_chooses_a_word_submits_nothing(page: Page):
    page.goto("/topics")
    page.get_by_role("searchbox").fill("高")
    stopped = page.get_by_role("searchbox").evaluate(
        "box => !box.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"
    )
    assert stopped


def test_with_modifiers_keys_are_the_browsers(page: Page, press):
    page.goto("/papers")
    for keys in ("Control+j", "Alt+j", "Meta+j", "Control+Shift+k"):
        press(keys)
    assert page.locator("dialog[open], article :focus").count() == 0


def test_keys_can_be_switched_off(page: Page, press):
    page.goto("/papers")
    page.evaluate("document.documentElement.dataset.keyboard = 'off'")
    press("j", "?", "Control+k")
    assert page.locator("dialog[open], article :focus").count() == 0
    page.get_by_role("link", name="Keyboard").click()
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_keys_is_a_dialog_without_faults(page: Page, press, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/papers")
    press("?")
    dialog = page.get_by_role("dialog", name="What keys do")
    expect(dialog).to_be_visible()
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    press("Escape")
    expect(dialog).to_be_hidden()


def test_the_palette_leads_anywhere(page: Page, press):
    page.goto("/papers")
    press("Control+k")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    expect(page.get_by_role("option", name="Topics")).to_be_visible()
    page.keyboard.type("3dg")
    expect(page.locator("[data-asked='3dg']")).to_be_attached()
    option = page.get_by_role("option", name="3DGS")
    expect(option.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.first.get_attribute("id") or "")
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    press("ArrowUp")
    expect(page.get_by_role("option", name="Papers with “3dg”")).to_have_attribute("aria-selected", "true")
    press("ArrowDown", "Enter")
    expect(page).to_have_url(re.compile("/topics/3dgs$"))


def test_the_palette_waits_for_what_was_typed_last(page: Page, press):
    page.goto("/papers")
    press("Control+k")
    expect(page.get_by_role("option", name="Topics")).to_be_visible()
    page.keyboard.type("coverage")
    press("Enter")  # before the list has followed
    expect(page).to_have_url(re.compile("/coverage$"))


def test_an_answer_to_fewer_letters_leaves_enter_waiting(page: Page, press):
    page.clock.install()
    page.goto("/papers")
    press("Control+k")
    expect(page.get_by_role("option", name="Topics")).to_be_visible()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    with page.expect_response("**/palette?q=cover"):
        page.keyboard.type("cover")
        page.clock.run_for(100)  # the palette asks
        page.keyboard.type("age")
        page.keyboard.press("Enter")
    page.clock.run_for(40)
    expect(page.locator("[data-asked=cover]")).to_be_attached()
    page.clock.resume()
    expect(page).to_have_url(re.compile("/coverage$"))


def test_the_palette_closes_and_the_focus_is_where_it_was(page: Page, press):
    page.goto("/papers")
    press("j", "Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    press("Escape")
    expect(focused(page)).to_have_text(titles(page)[0])


def test_after_a_swap_the_focus_is_at_the_list_or_stays_and_is_heard(page: Page):
    page.goto("/papers")
    page.get_by_role("complementary").get_by_role("link", name="3DGS").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers?topic=3DGS")
    expect(focused(page)).to_have_text(re.compile(r"\d+ papers?"))
    page.get_by_role("searchbox").press_sequentially("lantern")
    expect(announced(page)).to_have_text(re.compile(r"\d+ papers?"))
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_citation_is_copied(page: Page, press):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/papers/2412.90101")
    press("y")
    expect(announced(page)).to_have_text("BibTeX copied.")
    assert "LanternSplat" in page.evaluate("navigator.clipboard.readText()")


def test_whose_session_ended_is_back_at_the_button(page: Page):
    page.goto("/papers")
    sign_up(page)
    page.wait_for_url("**/papers")
    page.context.clear_cookies()
    card = page.get_by_role("article").nth(2)
    name = card.get_by_role("heading").inner_text()
    card.get_by_role("button", name="Bookmark").click()
    page.wait_for_url("**/sign-in?next=*")
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    expect(focused(page)).to_have_text("Bookmark")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").filter(has_text=name).get_by_role("button", name="Bookmarked")).to_be_focused()
