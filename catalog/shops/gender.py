"""Women or men: from breadcrumb, title, address, audience and structured type. Never from menus, which always name both."""

import json
import re

WOMEN = ("women", "womens", "woman", "female", "ladies", "lady", "femme", "femmes", "damen", "dames", "dam", "donna", "mujer", "feminino", "kobiety", "женщинам", "женская",
         "женские", "женское", "женский", "女装", "女", "女士", "レディース")
MEN = ("men", "mens", "man", "male", "gents", "homme", "hommes", "herren", "heren", "herr", "uomo", "hombre", "masculino", "mezczyzni", "мужчинам", "мужская", "мужские", "мужское",
       "мужской", "男装", "男", "男士", "メンズ")
UNISEX = ("unisex", "all genders", "gender neutral")
_LATIN = {word: re.compile(rf"(?<![a-z]){word}(?:'s|’s)?(?![a-z])") for word in (*WOMEN, *MEN) if word.isascii()}
COMPOUNDS = re.compile(r"\b(?:damen|herren|heren|dames)(?=[a-z])")


def said_in(text):
    """Whom a short text speaks of: {"women"}, {"men"}, both or none."""
    text = str(text or "").lower().replace("_", " ").replace("-", " ").replace("%27", "'")
    found = set()
    for gender, words in (("women", WOMEN), ("men", MEN)):
        if any((_LATIN[word].search(text) if word in _LATIN else (word in text if not word.isascii() else False)) for word in words):
            found.add(gender)
    for match in COMPOUNDS.findall(text):
        found.add("women" if match.startswith("dam") else "men")
    return found


def gender_of(page, product, crumbs=()):
    """ "women", "men", "unisex" or None. The first place that speaks of exactly one decides."""
    audience = str(product.get("audience") or "").lower()
    if "unisex" in audience or ("male" in audience and "female" in audience and re.search(r"(?<!fe)male", audience)):
        return "unisex"
    trail = [crumb for crumb in crumbs if not re.search(r"[\"“”«»]|back to|zurück|retour", crumb, re.I)]
    places = (audience, product.get("name"), *reversed(trail), product.get("category"), _path(product.get("url")), _path(page.canonical), _path(page.url),
              page.first("og:title"), page.title, product.get("state_gender"))
    for place in places:
        said = said_in(place)
        if len(said) == 1:
            return said.pop()
    return None


def _path(address):
    """The words of an address, host and query left out."""
    return re.sub(r"^https?://[^/]+", "", str(address or "")).split("?")[0].replace("/", " ")


def crumbs_of(page, nodes):
    """The breadcrumb of a page, from structured data or from the element that calls itself one. Returns list of texts, outermost first."""
    for node in nodes:
        items = node.get("itemListElement")
        if isinstance(items, list):
            names = []
            for one in items:
                inner = one.get("item") if isinstance(one, dict) else None
                name = (one.get("name") if isinstance(one, dict) else None) or (inner.get("name") if isinstance(inner, dict) else None)
                if name:
                    names.append(str(name))
            if names:
                return names[:12]
    found = page.tree.find(lambda tag: _is_crumbs(tag))
    if found is None:
        return []
    links = [link.get_text(" ", strip=True) for link in found.find_all(["a", "li", "span"])]
    return [text for text in dict.fromkeys(links) if text and len(text) < 60][:12]


def _is_crumbs(tag):
    words = " ".join([str(tag.get("id") or ""), " ".join(tag.get("class") or []), str(tag.get("aria-label") or ""), str(tag.get("itemtype") or "")]).lower()
    return "breadcrumb" in words and tag.name in ("nav", "ol", "ul", "div", "section", "p") and len(tag.get_text(strip=True)) < 600


def state_gender(value):
    """The gender a shop's own data names for this product, such as {"gender": "Men"} or ["Men", "Trousers"]. value: JSON. Returns text or None."""
    return json.dumps(value, ensure_ascii=False)[:300] if value else None
