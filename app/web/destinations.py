"""The pages one can go to by their names."""

from typing import NamedTuple

from app.i18n import message
from app.models import User


class Destination(NamedTuple):
    """A page, by the message that names it."""

    name: str
    url: str
    also: str = ""
    """Other words that it is looked for by."""


_EVERYONES = (
    Destination(message("Newest day"), "/", "today home 今天 最新"),
    Destination(message("Papers"), "/papers", "list 论文"),
    Destination(message("Topics"), "/topics", "主题"),
    Destination(message("Tags"), "/tags", "标签"),
    Destination(message("Authors"), "/authors", "people 作者"),
    Destination(message("Trends"), "/trends", "new 趋势"),
    Destination(message("Coverage"), "/coverage", "calendar 日历"),
)
_READERS = (
    Destination(message("My library"), "/library", "bookmarks 收藏"),
    Destination(message("Saved searches"), "/searches", "news alerts 搜索 保存"),
    Destination(message("Unread papers"), "/papers?read=no", "未读"),
)
_ADMINS = (
    Destination(message("Imports"), "/imports", "sources 导入"),
    Destination(message("Upload digests"), "/imports/new", "上传"),
    Destination(message("Merging"), "/merging", "duplicates 合并"),
    Destination(message("Terms"), "/terms", "术语"),
)
_ABOUT = (
    Destination(message("Preferences"), "/preferences", "settings language theme 设置 语言"),
    Destination(message("How to search"), "/help/search", "help 帮助"),
    Destination(message("Keyboard"), "/help/keyboard", "shortcuts keys help 键盘 快捷键"),
)


def destinations_for(user: User | None) -> tuple[Destination, ...]:
    """The pages that this reader may see."""
    return _EVERYONES + (_READERS if user else ()) + (_ADMINS if user and user.is_admin else ()) + _ABOUT
