"""The text that lives in a page's front matter, so that it is found like any other (pure)."""

from collections.abc import Iterable, Mapping


def text_of(value: object) -> str:
    """The words of front matter values, one per line, however deep; numbers and dates included.

    Keys are names for machines and are left out; so are truth values and nothing.
    """
    if isinstance(value, Mapping):
        return _lines(value.values())
    if isinstance(value, (list, tuple)):
        return _lines(value)
    if value is None or isinstance(value, bool):
        return ""
    return str(value).strip()


def _lines(values: Iterable[object]) -> str:
    return "\n".join(line for item in values if (line := text_of(item)))
