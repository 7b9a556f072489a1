"""What is read from saved shop pages, field by field, beside extruct and price-parser used as their documents show.

    python -m tests.benchmarks.extraction --json tests/benchmarks/extraction.json

Needs saved pages (default: ../shared/pages): pages.tar.xz, expected.json with what each page states, and score.py. They are copies of other
people's pages and no part of this project; what is kept are counts.
"""

import argparse
import json
import runpy
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from catalog.shops import extract
from catalog.shops.charset import decoded

SAVED = Path(__file__).resolve().parents[3] / "shared" / "pages"
SYNTAXES = ["json-ld", "microdata", "rdfa", "opengraph"]


def ours(body, url, content_type):
    found = extract(body, url, content_type)
    return found[0] | {"reviews": found[0]["review_count"], "image": found[0]["image_url"]} if found else None


def peer(body, url, content_type):
    """The first product that extruct finds, its price read by price-parser, and OpenGraph for what that leaves open. None for none."""
    import extruct
    data = extruct.extract(decoded(body, content_type), base_url=url, syntaxes=SYNTAXES, uniform=True, errors="ignore")
    nodes = [node for syntax in SYNTAXES[:3] for node in _nodes(data.get(syntax) or []) if _kinds(node) & {"Product", "ProductGroup"}]
    told = _product(nodes[0], url) if nodes else {}
    for graph in data.get("opengraph") or []:
        if nodes or "product" in str(graph.get("@type")):
            amount = _amount(_first(graph.get("product:price:amount") or graph.get("og:price:amount")))
            meta = {"name": _first(graph.get("og:title")), "image": _first(graph.get("og:image")), "url": _first(graph.get("og:url")),
                    "price": amount,
                    "currency": _first(graph.get("product:price:currency") or graph.get("og:price:currency"))}
            told = {key: told[key] if told.get(key) is not None else meta.get(key) for key in {*told, *meta}}
    return told if told.get("name") else None


def _product(node, url):
    offer, rated = _node(node.get("offers")), _node(node.get("aggregateRating"))
    return {"name": _first(node.get("name")), "price": _amount(_first(offer.get("price")) or _first(offer.get("lowPrice"))),
            "currency": _first(offer.get("priceCurrency")), "image": _whole(url, node.get("image")),
            "url": _whole(url, node.get("url")) or url,
            "rating": _amount(_first(rated.get("ratingValue"))),
            "reviews": _amount(_first(rated.get("reviewCount") or rated.get("ratingCount"))),
            "gender": {"female": "women", "male": "men"}.get(str(_first(_node(node.get("audience")).get("suggestedGender"))).lower())}


def _nodes(value):
    for one in value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []:
        yield from _nodes(one)
    if isinstance(value, dict):
        yield value


def _kinds(node):
    kinds = node.get("@type")
    return {str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _node(value):
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else {}


def _first(value):
    value = value[0] if isinstance(value, list) and value else value
    value = next((value[key] for key in ("@value", "url", "name") if value.get(key)), None) if isinstance(value, dict) else value
    return value if isinstance(value, (str, int, float)) else None


def _amount(value):
    from price_parser import Price
    return Price.fromstring(str(value)).amount_float if value is not None else None


def _whole(url, value):
    return urljoin(url, str(_first(value))) if _first(value) else None


def rows(saved):
    """A row for each set of pages and each field: how many pages state it, and how many of those each side reads rightly."""
    expected = json.loads((saved / "expected.json").read_text(encoding="utf-8"))
    score = runpy.run_path(str(saved / "score.py"))["score"]
    with tempfile.TemporaryDirectory() as folder, tarfile.open(saved / "pages.tar.xz") as archive:
        archive.extractall(folder, filter="data")
        told = {"ours": {}, "peer": {}}
        for page in (page for page in expected if page["kind"] in ("product", "negative")):
            header = {key.lower(): value for key, value in (page.get("headers") or {}).items()}.get("content-type", "")
            for side, read in (("ours", ours), ("peer", peer)):
                if found := read((Path(folder) / page["file"]).read_bytes(), page["base_url"], header):
                    told[side][page["id"]] = found
    for name, fits in (("fashion", lambda page: page["set"] == "product" and page["fashion"]),
                       ("other", lambda page: page["set"] == "product" and not page["fashion"]),
                       ("hostile", lambda page: page["set"] == "hostile")):
        pages = [page for page in expected if page["kind"] == "product" and fits(page)]
        verdicts = {side: score(answers, pages) for side, answers in told.items()}
        for field in verdicts["ours"]:
            counts = {side: verdict[field] for side, verdict in verdicts.items()}
            yield {"pages": name, "field": field, "stated": sum(counts["ours"].get(kind, 0) for kind in ("ok", "wrong", "miss"))} | {
                f"{side}_{kind}": counts[side].get(verdict, 0) for side in counts for kind,
                    verdict in (("right", "ok"), ("invented", "invented"))}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.extraction", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saved", type=Path, default=SAVED)
    parser.add_argument("--json", type=Path, help="write the rows there")
    given = parser.parse_args()
    measured = list(rows(given.saved))
    for one in measured:
        print(f"{one['pages']:8} {one['field']:9} stated {one['stated']:3}   ours {one['ours_right']:3} right, {one['ours_invented']} invented   "
              f"extruct + price-parser {one['peer_right']:3} right, {one['peer_invented']} invented")
    if given.json:
        given.json.write_text(json.dumps({"command": "python -m tests.benchmarks.extraction", "rows": measured}, indent=1) + "\n")


if __name__ == "__main__":
    main()
