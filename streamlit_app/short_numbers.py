"""Numbers in addresses: ``{name:number}`` in a route stands for at most ten digits.

Starlette's own ``int`` takes any length, and Python refuses to read more than 4300 digits: an error page without any
of our headers (starlette 1.10).
"""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class ShortNumber(Convertor[int]):
    """A row or a page."""

    regex = "[0-9]{1,10}"

    def convert(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """Return it as it stands in an address."""
        return str(value)


def register() -> None:
    """Let routes that are made from now on use it."""
    register_url_convertor("number", ShortNumber())
