"""What a person reads as the price: struck, former and current amounts told apart by markup, class names and the words before them."""

import re

from catalog.shops.numbers import PRICE, prices_in, written_number
from catalog.shops.page import UNREAD, Comment, marks

PRICED = re.compile(r"(?:^|[\s_-])(?:sale|list|final|current|special|unit|product)?[_-]?(?:pric(?:e|es|ing)(?!less)|pri[xs]|preise?|prijs|precio|prezzo|cena|uvp|amount)(?=$|[\s_\-\d])|"
                    r"[a-z](?:Price|Pricing)(?=$|[A-Z\s_\-\d])|price[A-Z]", re.M)
OLD = re.compile(r"(?:^|[\s_-])(?:old|was|original|orig|list|regular|standard|compare|compareat|strike|striked|strikethrough|crossed|before|previous|former|msrp|rrp|uvp|"
                 r"highprice|stroked|through|barre|tachado|alt|base|full|retail|slashed)(?=$|[\s_\-\d])|(?:old|was|original|list|regular|standard|compare|crossed|before|previous|msrp|rrp)(?:Price|At)", re.I)
NOW = re.compile(r"(?:^|[\s_-])(?:sale|sales|special|current|now|final|reduced|offer|actual|aktuell|new|promo|discounted|discount|topay|today|lowest|ins|price-?value)(?=$|[\s_\-\d])|"
                 r"(?:sale|sales|special|current|now|final|reduced|offer|promo|discounted|new)Price|PriceToPay", re.I)
SAID_OLD = re.compile(r"\b(?:was|were|original(?:ly)?(?: price)?|orig\.?|regular(?: price)?|reg\.?|list(?: price)?|old price|msrp|rrp|rrp\.|compare(?:d)? at|reduced from|"
                      r"before|former(?:ly)?(?: price)?|previous(?: price)?|standard price|retail(?: price)?|full price|uvp|statt|vorher|bisher|urspr\w*|alter preis|prix (?:initial|d.origine|conseill\w*)|au lieu de|avant|"
                      r"antes|precio (?:original|anterior)|prezzo (?:originale|precedente)|anziché|van|adviesprijs|oude prijs|ord(?:inarie)?\.?(?: pris)?|tidigare|før|старая цена|原价|定価)\b\W{0,4}(?:price)?\W{0,4}(?:was)?\W{0,4}$|(?:原价|定価)\W*$", re.I)
SAID_NOW = re.compile(r"\b(?:now|on sale(?: for)?|sale(?: price)?|current(?: price)?|special(?: price)?|our price|final price|reduced to|discounted(?: price)?|new price|today|deal|to|"
                      r"jetzt|nun|nur|aktueller preis|maintenant|prix (?:actuel|réduit|promo\w*)|ahora|precio (?:actual|de oferta)|ora|adesso|voor|nu|nå|текущая цена|现价)\b\W{0,4}(?:price)?\W{0,4}(?:is|only|just)?\W{0,4}$", re.I)
NO_PRICE_BEFORE = re.compile(r"(?:\b(?:save|saving|savings|saved|off|spar\w*|économi\w*|ahorr\w*|instal+ments?(?: of)?|payments?(?: of)?|interest[- ]free|over|above|under|below|orders?(?: of)?|"
                             r"shipping|delivery|versand|livraison|env[ií]o|lieferung|extra|spend|earn|get|bonus|deposit|raten?(?: von)?|monatlich|mal|up to|bis zu|minimum|min\.|fee|"
                             r"gift card|worth|credit|cash ?back|points|free|gratis|ab einem|reward\w*|ex\.? ?tax|excl\.?(?:uding)? (?:tax|vat)|ex\.? ?vat|netto|zzgl\.?|plus|starting balance)|\b\d+\s*(?:x|×))\W{0,6}(?:of|von|de|à)?\W{0,3}$", re.I)
NO_PRICE_AFTER = re.compile(r"\W{0,3}(?:off\b|(?:/|per|a|pro|par|al|p\.)\s*(?:mo\b|month|monat|mois|mes|kg|100|l\b|ml|oz|g\b|st\b|week|woche)|versand|shipping|delivery|rabatt|"
                            r"instal+ments?|payments|deposit|points|discount|credit|savings?|de réduction|x\s?\d)", re.I)
RANGE = re.compile(r"\s*(?:-|–|—|to|bis|à|a|tot|till)\s*", re.I)
_BARE = re.compile(r"\s*(?:from|ab|vanaf|à partir de|van|voor)?\s*[\d.,\s\u00a0\u202f]{0,20}\d[.,]\d{2}(?:\s[\d.,]{0,12}\d[.,]\d{2})?\s*", re.I)
LONGEST = 6000              # characters of an element that are looked at
CLIMB = 5                   # ancestors of an amount whose names count


def read(tags, here=None, bare=None):
    """Tell current from former price in elements.

    tags: elements in page order. here: ISO code the page uses elsewhere. bare: code for numbers without a sign in elements that call themselves
    prices. Returns (price, list price, code), each None where not stated. Of a range the lower end is the price.
    """
    return _decided([one for tag in tags for one in _mentions(tag, here, bare)])


def told(text, here=None):
    """The same from a plain text, such as a label: "Original price: $69.95 Current price: $34.00"."""
    return _decided(_amounts(text, here, lambda match, before: _said(before)))


def _decided(told):
    now, old, said_nothing = ([one for one in told if one[2] == role] for role in ("now", "old", None))
    if now or said_nothing:
        pool = now or said_nothing
        chosen = pool[0] if now or len({one[0] for one in pool}) != 2 or old else min(pool)
    elif old:
        chosen = min(old)
    else:
        return None, None, None
    former = [one[0] for one in old if one[0] > chosen[0] and one[1] == chosen[1]]
    former += [one[0] for one in said_nothing if now and one[0] > chosen[0] and one[1] == chosen[1]][:1]
    return chosen[0], max(former, default=None), chosen[1]


def _mentions(tag, here, bare):
    """Amounts of one element: list of (amount, code, role), role "now", "old" or None."""
    text, places = _joined(tag)
    found = _amounts(text, here, lambda match, before: _role(before, _parent_at(places, match), tag))
    if not found and bare and _BARE.fullmatch(text):
        for match in re.finditer(r"\d[\d.,]*[.,]\d{2}(?!\d)", text):
            found.append((written_number(match[0]), bare, _role(text[:match.start()][-50:], _parent_at(places, match), tag)))
    return found


def _amounts(text, here, role):
    """Amounts in a text: list of (amount, code, role). Ends of ranges and amounts that are no prices are left out. role: (match, words before) -> role."""
    found, end_of_last = [], 0
    for match in PRICE.finditer(text):
        amount, code, _ = next(iter(prices_in(match[0], here)), (0, None, 0))
        before, after = text[max(end_of_last, match.start() - 50):match.start()], text[match.end():match.end() + 24]
        is_end = end_of_last > 0 and RANGE.fullmatch(before) is not None and "reduced" not in text[max(0, match.start() - 90):match.start()].lower()
        end_of_last = match.end()
        if amount > 0 and not is_end and not NO_PRICE_BEFORE.search(before) and not NO_PRICE_AFTER.match(after):
            found.append((amount, code, role(match, before)))
    return found


def _joined(tag):
    """(text of an element, list of (start, parent)): cents in an element of their own are joined to their amount."""
    text, places = "", []
    for at, one in enumerate(tag.descendants):
        if len(text) > LONGEST or at > 2500:
            break
        if not isinstance(one, str) or isinstance(one, Comment) or one.parent.name in UNREAD or not one.strip() or _is_hidden(one.parent):
            continue
        piece = re.sub(r"[\t\r\n]+", " ", str(one)[:1000]).strip(" ")[:400]
        cents = re.fullmatch(r"\d{2}", piece) and text[-1:].isdigit() and (one.parent.name == "sup" or re.search(r"cent|fraction|decimal|minor|sup", marks(one.parent), re.I))
        tight = re.match(r"[.,]\d{2}(?!\d)|[.,]$", piece) or (re.search(r"\d[.,]$", text) and re.match(r"\d{2}(?!\d)", piece))
        text += "." if cents else "" if tight or not text else "\n"
        places.append((len(text), one.parent))
        text += piece
    return text, places


def _is_hidden(tag):
    some = (tag, tag.parent) if tag.parent is not None else (tag,)
    return any(one.has_attr("hidden") or re.search(r"display\s*:\s*none", str(one.get("style") or ""), re.I)
               or re.search(r"(?:^|\s)(?:hide|hidden|d-none|is-hidden)(?:$|\s)", " ".join(one.get("class") or [])) for one in some if one.attrs is not None)


def _parent_at(places, match):
    """The element that holds the digits of a match."""
    digits = match.start() + re.search(r"\d", match[0]).start()
    return [parent for start, parent in places if start <= digits][-1]


def _role(before, parent, root):
    """Whether an amount is the current price, a former one, or nothing is said: struck out, then the words before it, then names around it."""
    chain = [parent]
    while chain[-1] is not root and chain[-1].parent is not None and len(chain) < CLIMB:
        chain.append(chain[-1].parent)
    if root.parent is not None and chain[-1] is root:
        chain += [one for one in (root.parent,) if one.name in ("del", "s", "strike", "ins")]
    if any(one.name in ("del", "s", "strike") or re.search(r"line-through", str(one.get("style") or "") + " ".join(one.get("class") or [])) for one in chain):
        return "old"
    if _said(before):
        return _said(before)
    for one in chain:
        if one is root and not PRICED.search(marks(root)):
            break
        if one.name == "ins":
            return "now"
        old, now = OLD.search(marks(one)), NOW.search(marks(one))
        if bool(old) != bool(now):
            return "old" if old else "now"
    return None


def _said(before):
    """Which price the words before an amount announce, or None."""
    now = SAID_NOW.search(before)
    return "now" if now else "old" if SAID_OLD.search(before) else None


def priced(scope, most=40):
    """The outermost elements inside a scope that call themselves a price, in page order. Returns list of elements."""
    found, inside = [], set()
    for at, tag in enumerate(scope.find_all(True)):
        if at > 6000 or len(found) >= most:
            break
        if id(tag.parent) in inside:
            inside.add(id(tag))
        elif tag.name not in ("input", "select", "option", "form", "body", "main", "label", "button") and PRICED.search(marks(tag)):
            found.append(tag)
            inside.add(id(tag))
    return found
