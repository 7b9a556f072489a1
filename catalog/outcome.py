"""How a crawl ended: what it saw, and whether what it did not see may be taken as gone."""

from collections import Counter
from datetime import datetime, timezone

from catalog.frontier import same_shop
from fashflix.errors import ShopBlocked

TOO_MANY_FAILED = 0.1               # share of pages; beyond it a crawl does not count as complete
LISTS = ("probe", "shopify", "sitemap", "listing", "feed")


def summarise(crawl, records, seconds):
    """The summary of a crawl, as summary.json holds it.

    outcome: "complete", "partial" (more may be there) or "blocked" (the shop refused); reason: why it is not complete, or None.
    uncertain: pages that could not be read, so that nothing is known about their products.
    """
    ends = {kind: crawl.ledger.ends(kind) for kind in (*LISTS, "meta", "page", "photo")}
    pages = [end for kind in (*LISTS, "page") for end in ends[kind].items()]
    outcome, reason = _outcome(crawl, records, ends, pages)
    return {"shop": crawl.shop, "start": crawl.start, "at": datetime.now(timezone.utc).isoformat(timespec="seconds"), "outcome": outcome,
            "reason": reason, "products": len(records), "without_photo": sum(not record["photos"] for record in records),
            "pages": _tally(state for _, (state, _, _) in pages), "photos": _tally(state for state, _, _ in ends["photo"].values()),
            "answers": dict(crawl.counts), "seconds": round(seconds, 1),
            "uncertain": sorted(url for url, (state, _, _) in pages if state in ("failed", "blocked", "skipped"))}


def _outcome(crawl, records, ends, pages):
    stopped = next((error for host, error in crawl.fetcher.stopped().items() if same_shop(f"//{host}", crawl.start)), None)
    if stopped:
        return ("blocked" if isinstance(stopped, ShopBlocked) else "partial"), str(stopped)
    bad = [(state, note) for _, (state, note, _) in pages if state in ("failed", "blocked")]
    if not records:
        notes = [note for _, note in bad] + [note for _, (_, note, _) in pages if note]
        blocked = bool(bad) and all(state == "blocked" for state, _ in bad)
        nothing = f"No page of {crawl.start} held a product. Give the address of a listing, of a sitemap, or of a product."
        return ("blocked" if blocked else "partial"), (notes or [nothing])[0]
    lists = [note for kind in LISTS[1:] for state, note, _ in ends[kind].values() if state in ("failed", "blocked")]
    if lists:
        return "partial", lists[0]
    if len(bad) > TOO_MANY_FAILED * len(pages):
        return "partial", f"{len(bad)} of {len(pages)} pages could not be read; the first: {bad[0][1]}"
    if any(state == "skipped" and "limit" in note for _, (state, note, _) in pages):
        return "partial", f"The limit of {crawl.limit} products was reached."
    return "complete", None


def _tally(states):
    return dict(sorted(Counter(states).items()))


def say(summary, folder):
    """A summary in a few lines for a person."""
    answers = summary["answers"]
    speed = f", {summary['products'] / summary['seconds']:.1f} a second" if summary["seconds"] else ""
    lines = [f"{summary['shop']}: {summary['products']:,} products in {summary['seconds']:,} seconds{speed}; "
             f"{answers['network']:,} answers from the network, {answers['unchanged']:,} unchanged, {answers['cache']:,} from the cache."]
    if summary["uncertain"]:
        lines.append(f"{len(summary['uncertain']):,} pages could not be read; {folder / 'log.jsonl'} says why.")
    if summary["outcome"] != "complete":
        lines.append(f"The crawl is {summary['outcome']}: {summary['reason']}")
    if summary["products"]:
        lines.append(f"Next: python -m catalog.build {folder / 'products.jsonl'} --out CATALOGUE")
    return "\n".join(lines)
