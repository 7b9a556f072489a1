"""Which column of a feed holds what: a guess from names and values, and a person's correction of it."""

import re

from catalog.shops.gender import said_in
from fashflix.errors import FeedError

# field -> the column names that mean it, most telling first; compared without case, spaces and punctuation
FIELDS = {
    "name": "title name productname producttitle itemname producttitel produktname artikelname bezeichnung artikelbezeichnung titel nom "
            "titre libelle nombre titulo nome denominazione",
    "product_key": "id sku productid itemid articleid articlenumber itemnumber artikelnummer artnr itemno productcode code stylecode "
                   "reference ref mpn handle gtin ean upc",
    "group_key": "itemgroupid groupid parentid parentsku productgroup product masterid styleid modelid",
    "brand": "brand vendor manufacturer marke hersteller marque marca label designer",
    "price": "price currentprice pricevat preis verkaufspreis vk prix precio prezzo unitprice amount priceamount msrpsale",
    "sale_price": "saleprice specialprice discountprice promoprice offerprice sonderpreis angebotspreis aktionspreis reducedprice "
                  "prixpromo",
    "list_price": "compareatprice listprice msrp rrp uvp regularprice originalprice oldprice wasprice fullprice streichpreis prixbarre "
                  "basepricelist",
    "currency": "currency currencycode pricecurrency waehrung währung devise moneda valuta",
    "url": "link url producturl productlink producturllink deeplink pageurl href weblink webpage handle canonicalurl",
    "image_url": "imagelink imageurl image imagesrc mainimage picture pictureurl photo photourl img imgurl bild bildurl bildlink imagen "
                 "immagine images imagefile photos",
    "image_urls": "additionalimagelink additionalimagelinks additionalimageurl additionalimages images imagelinks imageurls moreimages "
                  "weiterebilder gallery",
    "gender": "gender sex geschlecht genre genero sesso audience targetgender",
    "age_group": "agegroup age altersgruppe",
    "category": "producttype googleproductcategory category categories categorypath kategorie type articletype categorie categoria "
                "department productcategory",
    "colours": "color colour colours colors farbe couleur colore basecolour colorname colourname",
    "availability": "availability instock stockstatus verfuegbarkeit verfügbarkeit disponibilite stock",
    "rating": "rating averagerating productrating reviewrating stars bewertung",
    "review_count": "reviewcount reviews ratingcount numreviews numberofreviews ratings anzahlbewertungen",
}
LABELS = {
    "name": "Name", "product_key": "Product number", "group_key": "Number of the product it is a variant of", "brand": "Brand",
    "price": "Price", "sale_price": "Reduced price", "list_price": "Price before", "currency": "Currency", "url": "Address of its page",
    "image_url": "Main photo", "image_urls": "Further photos", "gender": "Women or men", "age_group": "Adults or children",
    "category": "Type", "colours": "Colour",
    "availability": "In stock", "rating": "Rating, 0 to 5", "review_count": "Number of reviews",
}
_WORDS = {field: names.split() for field, names in FIELDS.items()}
_MEANING = {}
for _field, _names in _WORDS.items():
    for _name in _names:
        _MEANING.setdefault(_name, _field)
PHOTO = re.compile(r"https?://\S+\.(?:jpe?g|png|webp)\b|https?://\S*/images?/", re.I)
PAGE = re.compile(r"https?://\S+$")
LOOKED_AT = 200


def known_columns(names):
    """The fields that some column names mean. names: list of str. Returns a set."""
    return {_MEANING[plain] for plain in map(_plain, names) if plain in _MEANING}


def guess(columns, rows):
    """Guess the mapping of a feed.

    columns: list of str. rows: list of {column: text}. Returns {field: column}, only for the fields that were recognised.
    """
    mapping = {}
    for field, words in _WORDS.items():
        found = [column for column in columns if _plain(column) in words]
        if found:
            mapping[field] = min(found, key=lambda column: words.index(_plain(column)))
    if mapping.get("image_urls") == mapping.get("image_url"):
        mapping.pop("image_urls", None)
    _guess_from_values(mapping, columns, rows[:LOOKED_AT])
    return {field: mapping[field] for field in FIELDS if field in mapping}


def _guess_from_values(mapping, columns, rows):
    """What names left open, values may tell: addresses of photos and pages, and a "category" that only says women or men."""
    values = {column: [row[column] for row in rows if column in row] for column in columns}
    free = [column for column in columns if column not in mapping.values() and values[column]]
    if "image_url" not in mapping:
        mapping["image_url"] = next((column for column in free if _share(values[column], PHOTO.match) > 0.8), None)
    if "url" not in mapping:
        free = [column for column in free if column != mapping["image_url"]]
        mapping["url"] = next((column for column in free if _share(values[column], PAGE.match) > 0.8), None)
    category = mapping.get("category")
    if "gender" not in mapping and category and _share(values[category], lambda text: len(text) < 12 and len(said_in(text)) == 1) > 0.9:
        mapping["gender"] = category
        del mapping["category"]
    for field in [field for field, column in mapping.items() if column is None]:
        del mapping[field]


def checked(mapping, columns):
    """A person's mapping, checked against the feed.

    mapping: {field: column, or None for none}. Returns it without the empty fields. Raises FeedError naming what does not fit.
    """
    if not isinstance(mapping, dict):
        raise FeedError('A mapping is a JSON object such as {"name": "title", "image_url": "image_link"}.')
    for field, column in mapping.items():
        if field not in FIELDS:
            raise FeedError(f"There is no field {field!r}. The fields are {', '.join(FIELDS)}.")
        if column is not None and column not in columns:
            raise FeedError(f"The feed has no column {str(column)[:60]!r} for {field}. Its columns are {', '.join(columns)[:300]}.")
    return {field: column for field, column in mapping.items() if column is not None}


def _plain(name):
    return re.sub(r"[\W_]+", "", re.sub(r"^g:", "", name.strip().lower()))


def _share(texts, test):
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0
