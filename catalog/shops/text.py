"""Bytes of a page -> text, as browsers decide it (WHATWG Encoding Standard)."""

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LOOK = 4096             # bytes in which a page may name its own charset
ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
           "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs",
           "utf8": "utf-8", "unicode": "utf-8"}
_META = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.I)


def decoded(body, content_type=""):
    """The text of a page. body: bytes. content_type: of the HTTP header, "" when there was none. Never raises: what cannot be read becomes U+FFFD."""
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark):].decode(name, "replace")
    stated = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", content_type or "", re.I)
    for name in (stated and stated[1], _in_page(body)):
        codec = _codec(name)
        if codec:
            return body.decode(codec, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_at_the_end = len(body) - error.start < 4 and len(body) > 8
        return body.decode("utf-8" if cut_at_the_end else "cp1252", "replace")


def _in_page(body):
    found = _META.search(body[:LOOK])
    name = found[1].decode("ascii").lower() if found else None
    return "utf-8" if name and name.startswith("utf-16") else name


def _codec(name):
    if not name:
        return None
    name = ALIASES.get(name.strip().lower(), name.strip().lower())
    try:
        info = codecs.lookup(name)
    except LookupError:
        return None
    return name if getattr(info, "_is_text_encoding", True) else None
