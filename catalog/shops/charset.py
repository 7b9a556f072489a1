"""Bytes of a page -> text, as browsers decide it (WHATWG Encoding Standard), with two repairs for headers that lie."""

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LOOK = 4096             # bytes in which a page may name its own charset
ALIASES = {             # label -> the codec browsers mean by it, where Python's own differs
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "gb_2312-80": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "korean": "cp949", "big5": "big5hkscs", "utf8": "utf-8", "unicode": "utf-8", "utf-7": "",
}
SINGLE_BYTE = re.compile(r"cp12\d\d|cp874|iso8859|koi8|mac", re.I)
_META = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})""", re.I)


def decoded(body, content_type=""):
    """Decode a page; never raises, what cannot be read becomes U+FFFD.

    body: bytes. content_type: of the HTTP header, "" when there was none. Order: byte order mark, header, the page's own word, then UTF-8 if
    the bytes are UTF-8, else windows-1252. Unlike in a browser, a single-byte label gives way to bytes that are UTF-8 beyond ASCII, and a label
    that cannot read the bytes gives way to one that can: shops' headers are more often wrong than their bytes are right by chance.
    """
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark):].decode(name, "replace")
    header = re.search(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", content_type or "", re.I)
    stated = [codec for codec in (_codec(header and header[1]), _codec(_in_page(body))) if codec]
    if not body.isascii() and _is_utf8(body) and (not stated or SINGLE_BYTE.match(stated[0])):
        return body.decode("utf-8", "replace")
    for codec in stated:
        try:
            return body.decode(codec)
        except ValueError:
            continue
    return body.decode(stated[0] if stated else "cp1252", "replace")


def _is_utf8(body):
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(body) - error.start < 4 < error.start and error.reason == "unexpected end of data"      # cut off within a character
    return True


def _in_page(body):
    found = _META.search(body[:LOOK]) or _XML.search(body[:LOOK])
    name = found[1].decode("ascii").lower() if found else None
    return "utf-8" if name and name.startswith("utf-16") else name      # a page that can be searched for ASCII is not UTF-16


def _codec(label):
    label = (label or "").strip().lower()
    name = ALIASES.get(label, label)
    try:
        info = codecs.lookup(name) if name else None
    except LookupError:
        return None
    return info.name if info and info._is_text_encoding else None
