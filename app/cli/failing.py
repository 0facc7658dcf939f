"""When the store or the disk refuses: one sentence on what is wrong, and what to do about it."""

import errno

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError

_WHAT_TO_DO = (
    (
        ("disk is full", "disk full", "no space left"),
        "There is no room left on the disk. What was stored before stays: make room and run the command again.",
    ),
    (("disk i/o error",), "Is the disk full or damaged? What was stored before stays: run the command again then."),
    (("is locked",), "Another process is writing to it: try again when that is done."),
    (("readonly", "read-only"), "It may not be written: see who owns its file and folder."),
    (("unable to open",), "See that its folder is there and may be read and written."),
    (("malformed", "not a database"), "Its file is damaged: restore it from a backup."),
    (("connection", "terminating", "starting up", "shutting down"), "Is the database server running?"),
)
"""What stores say, in any case, and what a person can do then."""
_OF_THE_DISK = frozenset(
    getattr(errno, name)
    for name in ["ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EIO", "EACCES", "EPERM", "EEXIST", "ENOTDIR"]
)


def what_failed(error: Exception) -> str | None:
    """A sentence for a reader, if it is the store or the disk that failed; none for a bug, which shows its traceback."""
    if isinstance(error, OSError):
        return _of_disk(error)
    if not isinstance(error, DBAPIError) or not _is_refusal(error):
        return None
    said = " ".join(str(error.orig).split())
    hint = next((hint for words, hint in _WHAT_TO_DO if any(word in said.casefold() for word in words)), "")
    return f"The database cannot be used: {said.rstrip('.')}. {hint}".rstrip()


def _is_refusal(error: DBAPIError) -> bool:
    """A damaged file is a mere DatabaseError, as is much that is our own fault in its subclasses."""
    return isinstance(error, OperationalError | InterfaceError | InternalError) or type(error) is DatabaseError


def _of_disk(error: OSError) -> str | None:
    if error.errno not in _OF_THE_DISK:
        return None
    at = f"{error.filename}: " if error.filename else ""
    return f"This cannot be read or written: {at}{error.strerror}."
