"""RDFa Lite -> the same nodes that JSON-LD gives (vocab, typeof, property; W3C RDFa Lite 1.1)."""

from catalog.shops import microdata


def nodes(page):
    """The outermost items stated by typeof and property. Returns list of nodes as catalog.shops.microdata does."""
    return microdata.nodes(page, "typeof", "property")
