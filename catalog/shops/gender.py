"""Women or men: from what is said about the audience, name, breadcrumb, address and type. Never from menus, which always name both."""

import re

from catalog.shops.page import path_of

# Whole words. Those of the second line are too short or too common for names of products and count in breadcrumbs and audiences only.
WOMEN = ("women", "womens", "woman", "womans", "ladies", "femme", "femmes", "damen", "dames", "donna", "donne", "mujer", "mujeres", "mulher", "feminino", "feminina", "kobieta", "kobiety",
         "damskie", "damska", "damski", "damy", "damske", "kadin", "kadın", "kvinna", "kvinnor", "kvinder", "kvinne", "naiset", "naisten", "femei", "női", "womenswear")
WOMEN_ELSEWHERE = ("female", "lady", "dam", "dame", "misses", "girlfriend gifts", "for her", "señora")
MEN = ("men", "mens", "gents", "gentlemen", "homme", "hommes", "herren", "heren", "uomo", "uomini", "hombre", "hombres", "homem", "masculino", "masculina", "mężczyźni", "mezczyzni", "męskie", "męska", "męski",
       "meskie", "panske", "pánské", "erkek", "mænd", "herrer", "miehet", "miesten", "bărbați", "barbati", "férfi", "menswear")
MEN_ELSEWHERE = ("male", "man", "mans", "herr", "herre", "for him", "caballero")
UNISEX = ("unisex", "all genders", "gender neutral", "genderless", "gender-neutral", "everyone")
STEMS = (("women", re.compile(r"женск|женщин|девушк|女(?!孩|童|の子)|レディース|ウィメンズ|여성|γυναικ|نساء|نسائي")), ("men", re.compile(r"мужск|мужчин|男(?!孩|童|の子)|メンズ|남성|ανδρ|άνδρ|رجال")))
COMPOUNDS = re.compile(r"\b(damen|dames|herren|heren|womens?|mens?)(?=(?:mode|schuhe|kleid|kleding|jassen|schoenen|wear|clothing|shoes|fashion|bekleidung|jacke|hose|hemd|shirt|uhr|tasche)[a-z]*\b)")
CODES = {"m": "men", "w": "women", "f": "women", "u": "unisex", "male": "men", "female": "women", "1": None}


def _words(some):
    return re.compile(r"(?<!\w)(?:%s)(?:['’]?s)?(?!\w)" % "|".join(map(re.escape, some)))


NAMED = (("women", _words(WOMEN)), ("men", _words(MEN)))
SAID = (("women", _words(WOMEN + WOMEN_ELSEWHERE)), ("men", _words(MEN + MEN_ELSEWHERE)))


def said_in(text, in_name=False):
    """Whom a short text speaks of: {"women"}, {"men"}, both or none. in_name: the text names a product, so that "man" and "lady" say nothing."""
    text = re.sub(r"[_\-+/|&,.:>]+", " ", str(text or "")[:600].lower().replace("%27", "'"))
    found = {gender for gender, pattern in (NAMED if in_name else SAID) if pattern.search(text)}
    found |= {gender for gender, pattern in STEMS if pattern.search(text)}
    return found | {"women" if word.startswith(("dam", "wom")) else "men" for word in COMPOUNDS.findall(text)}


def is_unisex(text):
    return any(word in str(text or "").lower() for word in UNISEX)


def gender_of(page, product, crumbs=()):
    """ "women", "men", "unisex" or None. The first place that speaks of exactly one decides.

    In order: the audience the data names, the product's name, the breadcrumb from its end, the shop's category and own state, the page's addresses,
    og:title and title. product: dict with name, audience, category, state, url as far as known. crumbs: outermost first.
    """
    audience, name = str(product.get("audience") or ""), product.get("name")
    both = said_in(audience) | {CODES[part] for part in re.split(r"\W+", audience.lower()) if CODES.get(part)}
    if is_unisex(audience) or len(both & {"women", "men"}) == 2:
        return "unisex"
    if both:
        return both.pop()
    if is_unisex(name) or len(said_in(name, True)) == 2:
        return "unisex"
    trail = [crumb for crumb in crumbs if len(crumb) < 60]
    places = [(name, True), *((crumb, False) for crumb in reversed(trail)), (product.get("category"), False), (product.get("state"), False),
              *((path_of(address), True) for address in (product.get("url"), page.own_address, page.url)), (page.first("og:title"), True), (page.title, True)]
    for place, in_name in places:
        said = said_in(place, in_name)
        if len(said) == 1:
            return said.pop()
    return None
