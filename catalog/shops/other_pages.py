"""Pages that are about no product, told by their title, heading and address: walls of bot protections, pages that are gone, front pages."""

import re

from catalog.shops.address import path_of
from catalog.shops.text import words

WALL = re.compile(r"captcha|are you (?:a )?(?:human|robot)|access (?:to this page has been )?denied|"
                  r"verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic|enable javascript and cookies|"
                  r"pardon our interruption|just a moment|attention required|security check|press (?:&|and) hold|request blocked|"
                  r"robot or human", re.I)
GONE = re.compile(r"^\W*(?:(?:error|fehler|http|page|seite)\W*)?(?:404|410)(?:\W*(?:error|page|not|seite)\b|\s*[|–—:-]|\W*$)|"
                  r"[|–—:-]\s*(?:(?:error|fehler|page)\W*)?404\W*$|"
                  r"not[- ]found|(?:can.?t|cannot|couldn.?t|could not|unable to) (?:find|locate)|no longer (?:available|exists?|sold)|"
                  r"(?:item|product|page|style) (?:is )?(?:not|un)[- ]?available|"
                  r"unavailable (?:product|item)|does(?:n.t| not) exist|page (?:is )?(?:missing|gone)|no results|0 results|"
                  r"nicht (?:gefunden|mehr verfügbar)|keine ergebnisse|introuvable|n.existe (?:pas|plus)|plus disponible|"
                  r"no (?:se )?(?:encontrad[oa]|encontró|existe)|non (?:trovat[oa]|disponibile)|niet (?:gevonden|beschikbaar)|не найден|"
                  r"hittades inte|oops|feeling lost|something went wrong", re.I)
NOT_SHOWN = re.compile(r"/(?:cart|bag|basket|checkout|warenkorb|panier|account|login|signin|wish-?list|customer-service|help|faq|about|"
                       r"stores?|store-locator|blogs?|journal|magazine|press|careers|contact)(?:/|$)", re.I)
FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?)?(?:/(?:[a-z]{2}(?:[-_][a-z]{2})?|home))?(?:/index\.html?)?/?", re.I)


def is_wall(page):
    """A page of a bot protection rather than of the shop."""
    if WALL.search(page.title or ""):
        return True
    said = words(page.tree, 1500) or ""
    return len(said) < 700 and bool(WALL.search(said))


def is_gone(page):
    """A page that says it has nothing: what else it shows are recommendations."""
    told = [page.title, *(words(tag, 160) for tag in page.headings[:2])]
    return any(GONE.search(text) for text in told if text) or bool(re.search(r"/404\b|unavailable|not-found", page.stated_address or ""))


def is_front(page):
    return bool(FRONT.fullmatch(path_of(page.own_address or page.url)))


def is_for_visitors(page):
    """Whether the address is that of a cart, an account, help or a journal: it serves visitors and shows no product of its own."""
    return bool(NOT_SHOWN.search(path_of(page.url)))
