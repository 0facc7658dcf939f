"""Lists by the page."""


def page_count(total: int, size: int) -> int:
    """How many pages there are; an empty list has one, too."""
    return max(1, -(-total // size))
