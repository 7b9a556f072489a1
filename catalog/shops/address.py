"""Web addresses, taken apart and compared. Pure text: nothing is looked up."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|_ga|igshid|ref_?|srsltid|cmpid|affid", re.I)


def site(address):
    """The host of a web address without www, "" for anything else."""
    found = re.match(r"https?://(?:www\d?\.)?([^/?#\s]+)", str(address or ""), re.I)
    return found[1].lower() if found else ""


def path_of(address):
    """The path of an address, without host, query and closing slash."""
    return re.sub(r"^https?://[^/?#]*", "", str(address or "").split("#")[0].split("?")[0], flags=re.I).rstrip("/")


def place(address):
    """Host and path of an address, for comparing."""
    return site(address) + path_of(address).lower()


def without_tracking(address):
    """The address without fragment and without the parameters that only follow people."""
    parts = urlsplit(address)
    if not parts.query or not _TRACKING.search(parts.query):
        return urlunsplit(parts._replace(fragment=""))
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))
