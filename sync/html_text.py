"""The readable text of HTML, as lists and council servers deliver it in cells. Pure and total."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from sync.normalise import clean_lines


class _TextOfHtml(HTMLParser):
    """Collect the text of HTML; blocks become lines, list items get a dash."""

    _BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block and a dash at a list item."""
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "br" or tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a block with a line."""
        if tag in {"script", "style"}:
            self._silent = max(0, self._silent - 1)
        elif tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text; a line break in the source is a space, as in a browser."""
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of_html(markup: str) -> str:
    """Return the readable text of HTML; text that is not HTML stays, with its line breaks."""
    if not re.search(r"<[a-zA-Z/!][^<>]*>", markup):
        return clean_lines(html.unescape(markup))
    parser = _TextOfHtml()
    try:
        parser.feed(markup)
        parser.close()
    except (AssertionError, ValueError):
        return clean_lines(markup)
    text = clean_lines("".join(parser.parts))
    return text or clean_lines(markup)
