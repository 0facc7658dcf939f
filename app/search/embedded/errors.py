"""What tantivy raises, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import SearchUnavailableError
from app.i18n import gettext


def is_engine_error(error: BaseException) -> bool:
    """A panic inside of the engine is no Exception to Python, and its class has no name to import."""
    return isinstance(error, ValueError | OSError | RuntimeError) or type(error).__name__ == "PanicException"


@contextmanager
def as_unavailable(sentence: str) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if not is_engine_error(error):
            raise
        raise SearchUnavailableError(gettext(sentence)) from error
