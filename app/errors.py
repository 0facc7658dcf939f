"""What can go wrong, in the words of the domain. HTTP statuses are given in web/errors.py."""


class AppError(Exception):
    """Base of every error we raise on purpose; str(error) is a sentence fit for a reader's eyes."""


class NotFoundError(AppError):
    """What was asked for is not in the library."""


class InvalidInputError(AppError):
    """What a person typed cannot be used; the message says what would do."""


class DigestFormatError(AppError):
    """A file in a known digest format is broken; the message names the line."""


class NotADigestError(AppError):
    """A file that is in no digest format we know, or that holds no digest: skipped, not failed."""


class UnreadableFileError(AppError):
    """A file that cannot be opened, or whose bytes are no text."""


class TooLargeError(AppError):
    """More than we take at a time; the message says how much that is."""


class StorageFullError(AppError):
    """The disk has no room for what was sent."""


class SearchUnavailableError(AppError):
    """The search engine did not answer, or its index cannot be used."""


class OnlySpareError(SearchUnavailableError):
    """The search engine is away. Its spare took what was written."""


class SignInRequiredError(AppError):
    """Only for those who are signed in."""


class NotAllowedError(AppError):
    """Signed in or not, this is not for this reader."""


class TooManyAttemptsError(AppError):
    """Too many wrong passwords in a short time."""
