"""The pages there are to look at: one of each kind, and what can be opened on them."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

Deed = Callable[[Page], None]


@dataclass(frozen=True)
class Look:
    """A page, the library it is in, and who looks at it."""

    name: str
    path: str
    status: int = 200
    library: str = "shelf"
    reader: str = ""
    deed: Deed | None = None
    """What is done on the page before it is looked at."""
    is_dialog: bool = False
    """Whether what is looked at covers the window."""


def open_all(page: Page) -> None:
    """Everything that opens is open, and what is fetched then is there."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.wait_for_load_state("networkidle")


def wait_for_paint(page: Page) -> None:
    """Chromium drops keys that come before a page was first painted, and "load" may come earlier on a busy machine."""
    page.evaluate("""() => new Promise(done => {
        new PerformanceObserver((paints, observer) => { observer.disconnect(); done(); })
            .observe({type: "paint", buffered: true});
    })""")


def press(keys: str, dialog: str) -> Deed:
    def deed(page: Page) -> None:
        wait_for_paint(page)
        page.keyboard.press(keys)
        expect(page.locator(dialog)).to_be_visible()

    return deed


def type_into_palette(page: Page) -> None:
    press("Control+k", "dialog[open]")(page)
    page.keyboard.type("3dg")
    expect(page.get_by_role("option", name="3DGS").first).to_be_visible()


def open_figure(page: Page) -> None:
    page.locator("figure > a").first.click()
    expect(page.locator("dialog.lightbox")).to_be_visible()


def sign_up_badly(page: Page) -> None:
    form = page.locator("form.form")
    form.get_by_label("Name").fill("Bo")
    form.get_by_label("Password").fill("correct horse")
    form.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_visible()


def send_nonsense(page: Page) -> None:
    """A form that no page of ours has."""
    page.evaluate("""() => {
        const form = Object.assign(document.createElement("form"), { method: "post", action: "/papers/1/bookmark" });
        document.body.append(form);
        form.submit();
    }""")
    expect(page.get_by_role("alert")).to_be_visible()


def upload_nothing(page: Page) -> None:
    page.locator("form[action='/imports']").evaluate("form => { form.noValidate = true; form.submit() }")
    expect(page.get_by_role("alert")).to_be_visible()


PAGES = [
    Look("newest day", "/"),
    Look("day", "/2024-12-07"),
    Look("day without papers", "/2024-12-08"),
    Look("week", "/2024-W49"),
    Look("month", "/2024-12"),
    Look("year", "/2024"),
    Look("empty library", "/", library="empty"),
    Look("empty list", "/papers", library="empty"),
    Look("list", "/papers"),
    Look("list narrowed", "/papers?topic=3DGS&has=figures"),
    Look("list of a reader", "/papers", reader="Bo"),
    Look("search", "/papers?q=高斯"),
    Look("no result", "/papers?q=zebrafish"),
    Look("odd search", "/papers?q=lantrnsplat+(x"),
    Look("topics", "/topics"),
    Look("topic", "/topics/3dgs"),
    Look("tags", "/tags"),
    Look("nested tag", "/tags/元宇宙/虚拟人"),
    Look("authors", "/authors"),
    Look("author", "/authors/jun-hasegata"),
    Look("trends", "/trends?month=2024-12"),
    Look("paper", "/papers/2412.90310"),
    Look("paper in two digests", "/papers/2412.90101"),
    Look("paper with figures", "/papers/2412.90101?figures=shown"),
    Look("paper with mathematics", "/papers/2412.90803"),
    Look("paper of an administrator", "/papers/2412.90801", reader="Ada"),
    Look("related", "/related/2412.90101"),
    Look("digest", "/digests/2"),
    Look("digest with doubts", "/digests/1"),
    Look("source", "/digests/2/source"),
    Look("changes", "/digests/1/changes"),
    Look("coverage", "/coverage?month=2024-12"),
    Look("coverage of a year", "/coverage?year=2024"),
    Look("help with search", "/help/search"),
    Look("keyboard", "/help/keyboard"),
    Look("palette", "/palette?q=3d"),
    Look("preferences", "/preferences"),
    Look("styleguide", "/styleguide"),
    Look("sign in", "/sign-in"),
    Look("sign up", "/sign-up"),
    Look("library with bookmarks", "/library", reader="Bo"),
    Look("library without bookmarks", "/library", reader="Cy"),
    Look("home of a reader", "/", reader="Bo"),
    Look("saved searches", "/searches", reader="Bo"),
    Look("no saved searches", "/searches", reader="Cy"),
    Look("merging", "/merging", reader="Ada"),
    Look("terms", "/terms", reader="Ada"),
    Look("imports", "/imports", reader="Ada"),
    Look("import", "/imports/1", reader="Ada"),
    Look("upload", "/imports/new", reader="Ada"),
    Look("401", "/library", status=401),
    Look("403", "/imports", status=403, reader="Bo"),
    Look("404", "/no-such-page", status=404),
    Look("422", "/papers", reader="Bo", deed=send_nonsense),
    Look("500", "/papers", status=500, library="broken"),
    Look("search away", "/papers?q=shelves", status=503, library="away"),
]

OPENED = [
    Look("list opened", "/papers", deed=open_all),
    Look("paper opened", "/papers/2412.90101", deed=open_all, reader="Ada"),
    Look("topic opened", "/topics/3dgs", deed=open_all),
    Look("trends opened", "/trends?month=2024-12", deed=open_all),
    Look("digest opened", "/digests/1", deed=open_all),
    Look("keys open", "/papers", deed=press("?", "dialog[open]"), is_dialog=True),
    Look("palette open", "/papers", deed=type_into_palette, is_dialog=True),
    Look("figure open", "/papers/2412.90101?figures=shown", deed=open_figure, is_dialog=True),
    Look("saved searches opened", "/searches", deed=open_all, reader="Bo"),
    Look("sign up refused", "/sign-up", deed=sign_up_badly),
    Look("upload refused", "/imports/new", deed=upload_nothing, reader="Ada"),
]
