"""Texts of elements: what a person reads in them, what they call themselves, and how texts are compared."""

import re
from html import unescape

from bs4 import Comment

UNREAD = {"script", "style", "noscript", "template", "svg", "iframe"}
NAMING = ("id", "class", "data-testid", "data-test", "data-qa", "data-auto-id", "data-element", "data-component", "itemprop", "aria-label")
_INLINE = re.compile(r"</?(?:b|i|u|em|strong|span|small|sup|sub|font|mark)(?:\s[^<>]{0,200})?>|<br\s?/?>", re.I)


def attribute_words(value):
    """An attribute that the parser may give as text or as a list, as a list of words."""
    return value.split() if isinstance(value, str) else list(value or [])


def clean(text):
    """One line of plain text, entities resolved, or None."""
    if not isinstance(text, (str, int, float)) or isinstance(text, bool):
        return None
    text = unescape(unescape(str(text))) if "&" in str(text) else str(text)
    text = _INLINE.sub("", text) if "<" in text else text
    return re.sub(r"[\s\u200b\ufeff]+", " ", text).strip()[:2000] or None


def plain(text):
    """A text for comparing: lower case, letters and digits of any script, single spaces."""
    return re.sub(r"[\W_]+", " ", re.sub(r"['’‘`´]", "", clean(text) or "").casefold()).strip()


def words(tag, most=400):
    """The text a person reads in an element, or None. Stops after `most` characters, so that a hostile tree costs little."""
    found, length = [], 0
    for at, one in enumerate(tag.descendants):
        if length > most or at > 3000:
            break
        if isinstance(one, str) and not isinstance(one, Comment) and one.parent.name not in UNREAD and one.strip():
            found.append(str(one))
            length += len(one)
    return clean(" ".join(found)[:most + 200])


def marks(tag):
    """What an element calls itself: id, classes, test names, item property, label; of an element of the shop's own making its name too."""
    own = [tag.name] if tag.name and "-" in tag.name else []
    return " ".join([*own, *(" ".join(attribute_words(tag.get(name)))[:200] for name in NAMING if tag.get(name))])


def around(tag, most=12):
    """The element and its nearest ancestors below body, smallest first."""
    for at, one in enumerate((tag, *tag.parents)):
        if at >= most or one.name in (None, "body", "html", "[document]"):
            return
        yield one
