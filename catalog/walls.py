"""Recognise a shop that refuses automated visits, and say so. FashFlix never goes around such a wall."""

import re

REFUSALS = (401, 403, 407, 429, 451)
# Titles of the pages that bot protections serve instead of a shop's own, whatever the status
TITLES = re.compile(rb"<title[^>]*>\s*(?:just a moment|attention required|access denied|access to this page has been denied|"
                    rb"pardon our interruption|robot or human|are you a (?:human|robot)|please verify you are (?:a )?human|"
                    rb"security check(?:point)?|ddos-guard|"
                    rb"bot verification|human verification|cookie ?failure|captcha)"
                    rb"(?:\.|!|\?|\xe2\x80\xa6)*\s*(?:[|-][^<]{0,60})?</title>", re.I)
HEAD = 8192                         # bytes in which a title is looked for


def is_wall(status, headers, body):
    """Whether a response is a refusal of automated visits rather than the page. headers: lower-case names."""
    if status in REFUSALS or headers.get("cf-mitigated") == "challenge":
        return True
    return "html" in headers.get("content-type", "html") and bool(TITLES.search(body[:HEAD]))


def message(host, status, url, times):
    """What a person gets to read at a wall."""
    count = "once" if times == 1 else f"{times} times in a row"
    return (f"{host} does not want automated visits: it answered {count} with a refusal, the last time with status {status} for {url}. "
            "FashFlix stopped visiting it and does not go around such walls. What was fetched before is kept, and its products stay in the "
            "catalogue. What you can do: ask the shop for a product feed (CSV, XLSX, Google Merchant, Facebook or Shopify JSON) and read "
            "that instead: python -m catalog.feeds build FILE --out CATALOGUE")
