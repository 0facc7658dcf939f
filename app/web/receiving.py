"""Files that a form sends, written to disk as they come in: never is more of them in memory than a piece."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

from fastapi import Depends, Request
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool

from app import digests
from app.digests import Upload
from app.errors import InvalidInputError, StorageFullError, TooLargeError
from app.i18n import format_number, gettext, message
from app.web.deps import Admin, Config
from app.web.numbers import read_number

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MOST_BYTES = 256 * 1024 * 1024
"""Of all files that are sent together."""
MOST_FILES = 1000
_MOST_HEADER_BYTES = 8192
"""Of what is said about one file."""
TOO_LARGE = message("At most %(megabytes)d MB can be uploaded at a time.")
TOO_MANY = message("At most %(files)s files can be uploaded at a time.")


async def receive(request: Request, user: Admin, config: Config) -> AsyncIterator[list[Upload]]:
    """The files of the form, in a folder that is gone after the answer. Nobody but an administrator gets this far."""
    boundary = _boundary(request)
    if (read_number(request.headers.get("Content-Length", ""), MOST_BYTES + 1) or 0) > MOST_BYTES:
        raise TooLargeError(gettext(TOO_LARGE) % {"megabytes": MOST_BYTES >> 20})
    staged = digests.staging(config.uploads_dir)
    folder = await run_in_threadpool(staged.__enter__)
    try:
        yield await _read(request, _Files(folder), boundary) if boundary else []
    finally:
        await run_in_threadpool(staged.__exit__, None, None, None)


Received = Annotated[list[Upload], Depends(receive)]


async def _read(request: Request, files: "_Files", boundary: bytes) -> list[Upload]:
    parser, received = MultipartParser(boundary, files.callbacks()), 0
    try:
        async for chunk in request.stream():
            received += len(chunk)
            if received > MOST_BYTES:
                raise TooLargeError(gettext(TOO_LARGE) % {"megabytes": MOST_BYTES >> 20})
            await run_in_threadpool(parser.write, chunk)
        parser.finalize()
    except FormParserError as error:
        raise InvalidInputError(gettext("What the browser sent cannot be read as a form with files.")) from error
    except OSError as error:
        if digests.is_disk_full(error):
            raise StorageFullError(
                gettext("There is no room left on the disk. Nothing of what was sent is kept.")
            ) from error
        raise
    finally:
        files.close()
    return files.uploads


class _Files:
    """Takes the parts of a form as the parser tells of them, and writes those that are files."""

    def __init__(self, folder: Path) -> None:
        self.uploads: list[Upload] = []
        self._folder = folder
        self._open: BinaryIO | None = None
        self._header, self._headers = [b"", b""], dict[bytes, bytes]()

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._say(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._say(1, data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._name,
            "on_part_data": self._write,
            "on_part_end": self.close,
        }

    def close(self) -> None:
        """The part is whole; what was written outlives a power cut."""
        if self._open:
            with self._open:
                digests.settle(self._open)
            self._open = None

    def _begin(self) -> None:
        self._header, self._headers = [b"", b""], {}

    def _say(self, which: int, data: bytes) -> None:
        self._header[which] += data
        if len(self._header[which]) > _MOST_HEADER_BYTES:
            raise InvalidInputError(gettext("The name of a file is too long."))

    def _end_header(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = [b"", b""]

    def _name(self) -> None:
        """Open a file for the part, if it is one that was chosen: an empty field has a file without a name."""
        _, said = parse_options_header(self._headers.get(b"content-disposition", b""))
        name = said.get(b"filename", b"").decode(errors="replace")
        if not name:
            return
        if len(self.uploads) == MOST_FILES:
            raise TooLargeError(gettext(TOO_MANY) % {"files": format_number(MOST_FILES)})
        path = self._folder / str(len(self.uploads))
        self._open = path.open("wb")
        self.uploads.append(Upload(name, path))

    def _write(self, data: bytes, start: int, end: int) -> None:
        if self._open:
            self._open.write(data[start:end])


def _boundary(request: Request) -> bytes | None:
    kind, options = parse_options_header(request.headers.get("Content-Type", ""))
    return options.get(b"boundary") if kind == b"multipart/form-data" else None
