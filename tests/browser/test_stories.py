import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'


def titles(page: Page) -> list[str]:
    return page.get_by_role("article").get_by_role("heading").all_inner_texts()


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/papers?q=*")


def sign_up(page: Page, name: str = "Ada") -> None:
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Make an account").click()


def test_browse_the_newest_day_and_the_one_before(page: Page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saturday, 7 December 2024")
    newest = titles(page)
    assert any(title.startswith("LanternSplat") for title in newest)
    page.get_by_role("link", name="← 6 Dec 2024").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Friday, 6 December 2024")
    assert titles(page) != newest
    page.get_by_role("link", name="7 Dec 2024 →").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saturday, 7 December 2024")
    assert titles(page) == newest


def test_narrow_by_topic_and_take_it_back(page: Page):
    page.goto("/papers")
    everything = len(titles(page))
    page.get_by_role("complementary").get_by_role("link", name="元宇宙/虚拟人").first.click()
    page.wait_for_url("**/papers?topic=*")
    expect(page.get_by_role("link", name="topic 元宇宙/虚拟人")).to_be_visible()
    assert 0 < len(titles(page)) < everything
    page.get_by_role("link", name="topic 元宇宙/虚拟人").click()
    page.wait_for_url("**/papers")
    expect(page.get_by_role("article")).to_have_count(everything)


def test_filter_by_a_tag_with_chinese_and_a_slash(page: Page):
    page.goto("/tags")
    family = page.get_by_role("listitem").filter(has_text="元宇宙")
    family.get_by_role("link", name="虚拟人").first.click()  # a tag stands beneath the one before its slash
    expect(page.get_by_role("heading", level=1)).to_have_text("元宇宙/虚拟人")
    expect(page.get_by_role("article").first).to_be_visible()


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        pytest.param("高斯", "高斯", id="two Chinese characters"),
        pytest.param("扩散模型", "扩散模型", id="four Chinese characters"),
        pytest.param("lantern", "LanternSplat", id="the beginning of a word"),
        pytest.param("THEO MARCHETTI", "Marchetti-Roux", id="an author without accents"),
    ],
)
def test_search_marks_what_it_found(page: Page, words, marked):
    page.goto("/topics")
    search(page, words)
    expect(page.get_by_role("article").first).to_be_visible()
    assert marked in page.locator("mark").all_inner_texts()


def test_going_back_shows_the_page_that_was_there(page: Page):
    page.goto("/papers")
    before = titles(page)
    search(page, "LanternSplat")
    expect(page.get_by_role("searchbox")).to_have_value("LanternSplat")
    found = titles(page)
    assert found != before
    page.get_by_role("article").get_by_role("heading").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/papers/2412\.90101\?list="))
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(len(found))
    assert titles(page) == found
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(len(before))
    assert titles(page) == before
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_a_slow_search_can_be_gone_back_from_all_the_same(page: Page):
    page.goto("/papers")
    before = len(titles(page))

    def answer_slowly(route: Route) -> None:
        time.sleep(0.6)  # longer than typing waits before it searches by itself
        route.continue_()

    page.route("**/papers?q=*", answer_slowly)
    search(page, "LanternSplat")
    expect(page).to_have_title(re.compile("LanternSplat"))
    page.wait_for_timeout(1000)
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(before)


def test_typing_searches_only_with_javascript(page: Page, java_script_enabled: bool):
    page.goto("/papers")
    everything = len(titles(page))
    page.get_by_role("searchbox").press_sequentially("lanternspl")
    if java_script_enabled:
        page.wait_for_url("**/papers?q=lanternspl")
        expect(page).to_have_title(re.compile("lanternspl"))
        assert len(titles(page)) < everything
    else:
        page.wait_for_timeout(500)
        assert len(titles(page)) == everything


@pytest.mark.parametrize("java_script_enabled", [True], indirect=True)
def test_a_pressed_search_is_asked_for_once(page: Page):
    page.goto("/papers")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    page.get_by_role("searchbox").evaluate("""box => {  // at once: on a busy machine typing might not wait so long
        box.value = "lantern";
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        box.form.requestSubmit();
    }""")
    page.wait_for_url("**/papers?q=lantern")
    page.wait_for_timeout(600)  # longer than typing waits before it searches by itself
    assert len(asked) == 1
    page.get_by_role("searchbox").press("End")
    page.keyboard.type("s")
    page.wait_for_url("**/papers?q=lanterns")
    assert len(asked) == 2


@pytest.mark.parametrize("address", ["/papers?topic=3DGS", "/topics/3dgs"])
def test_words_are_searched_within_what_the_list_is_narrowed_to(page: Page, address):
    page.goto(address)
    search(page, "a")
    expect(page.get_by_role("link", name="topic 3DGS")).to_be_visible()
    assert urlsplit(page.url).query == "q=a&topic=3DGS"


@pytest.mark.parametrize("java_script_enabled", [True], indirect=True)
def test_what_stands_outside_the_list_follows_it(page: Page):
    page.goto("/papers")
    page.get_by_role("complementary").get_by_role("link", name="3DGS").first.click()
    page.wait_for_url("**/papers?topic=3DGS")
    box, feed = page.get_by_role("searchbox"), page.locator("link[data-feed]")
    box.press_sequentially("lantern")
    page.wait_for_url("**/papers?q=lantern&topic=3DGS")
    expect(box).to_be_focused()
    expect(box).to_have_value("lantern")
    page.get_by_role("link", name="words lantern").click()
    page.wait_for_url("**/papers?topic=3DGS")
    expect(box).to_have_value("")
    expect(feed).to_have_attribute("href", "/papers.atom?topic=3DGS")
    sign_up(page)
    page.wait_for_url("**/papers?topic=3DGS")


@pytest.mark.parametrize("java_script_enabled", [True], indirect=True)
def test_typing_swaps_the_list_and_nothing_else(page: Page):
    page.goto("/papers")
    page.evaluate("window.unbroken = true")
    box = page.get_by_role("searchbox")
    box.press_sequentially("lantern", delay=20)
    expect(page.get_by_role("article").first).to_contain_text("LanternSplat")
    expect(page).to_have_url(re.compile("q=lantern"))
    expect(page.locator("mark").first).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("lantern")
    assert page.evaluate("window.unbroken"), "the page was loaded anew"


@pytest.mark.parametrize("java_script_enabled", [True], indirect=True)
def test_typing_shows_the_first_papers_and_scrolling_the_others(page: Page):
    page.goto("/papers?q=t")
    everything = titles(page)
    page.goto("/papers")
    page.get_by_role("searchbox").press_sequentially("t")
    expect(page.get_by_role("link", name="more papers of this page")).to_have_count(1)
    assert titles(page) == everything[:8]
    page.get_by_role("contentinfo").scroll_into_view_if_needed()
    expect(page.get_by_role("article")).to_have_count(len(everything))
    assert titles(page) == everything
    expect(page.get_by_role("link", name="more papers of this page")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/papers\?q=t$"))
    page.get_by_role("article").last.get_by_role("link").first.click()
    page.wait_for_url("**list=**")
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(len(everything))


@pytest.mark.parametrize("java_script_enabled", [True], indirect=True)
def test_what_is_being_composed_is_searched_when_it_is_done(page: Page):
    page.goto("/papers")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    page.get_by_role("searchbox").focus()
    keyboard = page.context.new_cdp_session(page)
    for letters in ("g", "ga", "gao", "gaos", "gaosi"):
        keyboard.send("Input.imeSetComposition", {"text": letters, "selectionStart": 5, "selectionEnd": 5})
    page.wait_for_timeout(600)  # longer than typing is waited for
    assert asked == []
    keyboard.send("Input.insertText", {"text": "高斯"})
    expect(page).to_have_url(re.compile("q=%E9%AB%98%E6%96%AF"))
    expect(page.locator("mark").first).to_have_text("高斯")
    assert len(asked) == 1


def test_a_pasted_id_opens_the_paper(page: Page):
    page.goto("/papers")
    link = page.get_by_role("article").get_by_role("heading").get_by_role("link").first
    title, path = link.inner_text(), urlsplit(link.get_attribute("href")).path
    page.get_by_role("searchbox").fill(f"https://arxiv.org/abs/{path.removeprefix('/papers/')}v9")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(f"**{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_examples_of_the_help_page_can_be_followed(page: Page):
    page.goto("/")
    page.get_by_role("link", name="How to search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How to search")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("如何搜索")
    page.get_by_role("link", name="nerf OR 高斯", exact=True).click()
    expect(page.get_by_role("searchbox")).to_have_value(re.compile("nerf OR 高斯"))


def test_nothing_found_says_what_to_take_away(page: Page):
    page.goto("/papers?q=zebrafish&topic=3DGS")
    expect(page.get_by_text("No paper fits all of this.")).to_be_visible()
    page.get_by_role("link", name="Without this filter: words “zebrafish”").click()
    expect(page.get_by_role("article").first).to_be_visible()


def test_open_a_paper_with_every_entry_about_it(page: Page):
    page.goto("/papers/2412.90101")
    expect(page.get_by_role("heading", level=1)).to_contain_text("LanternSplat")
    entries = page.get_by_role("region", name="Side by side")
    expect(entries.get_by_role("link", name="7 December 2024")).to_be_visible()
    expect(entries.get_by_role("link", name="6 December 2024")).to_be_visible()
    page.get_by_text("Analysis", exact=True).first.click()
    expect(page.locator(".prose").first).to_be_visible()


def test_figures_are_loaded_only_when_asked_for(page: Page, nothing_foreign: list[str]):
    page.route("https://figures.example/**", lambda route: route.fulfill(content_type="image/svg+xml", body=DOT))
    page.goto("/papers/2412.90101")
    assert page.locator("img").count() == 0
    assert nothing_foreign == []
    page.get_by_role("link", name="Load figures").click()
    expect(page.locator("img").first).to_have_attribute("referrerpolicy", "no-referrer")
    page.locator("img").first.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    assert nothing_foreign
    nothing_foreign.clear()


def test_sign_up_bookmark_and_find_it_in_the_library(page: Page, server, java_script_enabled: bool):
    page.goto("/papers?q=LanternSplat")
    sign_up(page)
    page.wait_for_url("**/papers?q=LanternSplat")
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    card = page.get_by_role("article").first
    card.get_by_role("button", name="Bookmark").click()
    expect(card.get_by_role("button", name="Bookmarked")).to_have_attribute("aria-pressed", "true")
    assert bool(loads) is not java_script_enabled  # htmx swaps the button alone; without it the page comes back whole
    assert page.url.partition("#")[0].endswith("/papers?q=LanternSplat")
    server.restart()
    page.get_by_role("link", name="My library").click()
    expect(page.get_by_role("article")).to_have_count(1)
    assert titles(page)[0].startswith("LanternSplat")
    page.get_by_role("button", name="Bookmarked").click()
    expect(page.get_by_role("button", name="Bookmarked")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Nothing kept yet.")).to_be_visible()


def test_save_a_search_and_find_it_again(page: Page, java_script_enabled: bool):
    page.goto("/papers?q=LanternSplat")
    sign_up(page)
    page.wait_for_url("**/papers?q=LanternSplat")
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    page.get_by_role("button", name="Save this search").click()
    expect(page.get_by_role("link", name="Saved: LanternSplat")).to_be_visible()
    assert bool(loads) is not java_script_enabled
    assert page.url.endswith("/papers?q=LanternSplat")
    if java_script_enabled:
        expect(page.get_by_role("link", name="Saved: LanternSplat")).to_be_focused()
    page.get_by_role("link", name="Saved: LanternSplat").click()
    page.wait_for_url("**/searches#search-*")
    expect(page.get_by_role("heading", name="LanternSplat", exact=True)).to_be_visible()
    page.get_by_text("Change").click()
    page.get_by_label("Name").fill("Lanterns")
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("link", name="Lanterns").click()
    page.wait_for_url("**/papers?q=LanternSplat")
    expect(page.get_by_role("article").first).to_be_visible()
    page.get_by_role("link", name="Saved: Lanterns").click()
    page.get_by_text("Change").click()
    page.get_by_role("button", name="Remove Lanterns").click()
    expect(page.get_by_text("Nothing saved yet.")).to_be_visible()


def test_what_is_new_in_a_search_is_told_at_home_until_it_is_seen(page: Page, library):
    page.goto("/papers?q=ShadeSplat")
    sign_up(page)
    page.get_by_role("button", name="Save this search").click()
    expect(page.get_by_role("link", name="Saved: ShadeSplat")).to_be_visible()
    library.paper("ShadeSplat: Splats in the Shade", day="2024-12-06")
    page.goto("/")
    page.get_by_role("region", name="New in your searches").get_by_role("link").click()
    expect(page.get_by_role("article")).to_have_count(1)
    page.goto("/")
    page.get_by_role("button", name="Seen").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="New in your searches")).to_have_count(0)


def test_bookmark_from_the_page_of_a_paper(page: Page):
    page.goto("/papers/2412.90101")
    page.get_by_role("link", name="Bookmark").click()  # signed out: it leads to the sign-in, and back
    page.get_by_role("link", name="Sign up").last.click()
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Make an account").click()
    page.wait_for_url("**/papers/2412.90101*")
    page.get_by_role("button", name="Bookmark").click()
    expect(page.get_by_role("button", name="Bookmarked")).to_be_visible()


def test_sign_out_and_in_again(page: Page):
    page.goto("/")
    sign_up(page)
    page.get_by_role("button", name=re.compile("Sign out")).click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("Name and password do not fit.")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name=re.compile("Sign out"))).to_be_visible()
