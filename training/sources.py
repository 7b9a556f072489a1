"""Real photo sets -> one table of photos with labels in the shared vocabulary: 1 yes, -1 no, 0 unknown.

Reads the parquet files described in the README of the data folder: Myntra shop photos (research and education), people's own clothes
photos (CC0) and the DeepFashion Category & Attribute subset (non-commercial research). No photo, nor anything from which one could be
restored, leaves this package: only the trained weights do.
"""

import hashlib
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as parquet

from fashflix.errors import SourceError
from fashflix.vocabulary import ATTRIBUTES, CATEGORIES, COLOURS, PATTERNS, facet_of, word_for

DATA = Path(os.environ.get("FASHFLIX_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
FILES = ("myntra_224", "myntra_80", "cc0_clothing", "deepfashion_attr")
HELD_OUT = 0.10
FEWEST_POSITIVES = 60
ALL_WORDS = ("women", "men", *CATEGORIES, *COLOURS, *PATTERNS, *ATTRIBUTES)

# Myntra article type -> categories. The first is the label; the others stay unknown, because the shop's borders are not sharp there.
# An article type that is not listed (cosmetics, cutlery, gift sets) gets no category.
MYNTRA_CATEGORY = {
    "Tshirts": "t-shirt|polo shirt", "Lounge Tshirts": "t-shirt", "Shirts": "shirt", "Tops": "top|blouse|tank top|t-shirt",
    "Camisoles": "tank top|top", "Tunics": "top|kurta|dress", "Shrug": "cardigan", "Waistcoat": "jacket",
    "Sweaters": "sweater|cardigan", "Sweatshirts": "sweatshirt|hoodie",
    "Jackets": "jacket|bomber jacket|puffer jacket|denim jacket|coat", "Rain Jacket": "jacket|coat", "Nehru Jackets": "jacket",
    "Blazers": "blazer", "Dresses": "dress", "Rompers": "jumpsuit", "Jumpsuit": "jumpsuit", "Skirts": "skirt",
    "Kurtas": "kurta", "Kurtis": "kurta", "Kurta Sets": "kurta", "Sarees": "saree",
    "Jeans": "jeans", "Trousers": "trousers", "Track Pants": "joggers|trousers", "Lounge Pants": "joggers|trousers|nightwear",
    "Leggings": "leggings", "Jeggings": "leggings|jeans", "Tights": "leggings|socks", "Churidar": "leggings|trousers",
    "Capris": "trousers|shorts|leggings", "Patiala": "trousers", "Salwar": "trousers", "Shorts": "shorts", "Lounge Shorts": "shorts",
    "Casual Shoes": "shoes|sneakers|boots", "Sports Shoes": "sneakers|shoes", "Formal Shoes": "formal shoes|shoes",
    "Heels": "heels|sandals", "Flats": "flats|sandals", "Sandals": "sandals|flats", "Sports Sandals": "sandals",
    "Flip Flops": "flip-flops|sandals", "Booties": "boots",
    "Handbags": "bag", "Clutches": "bag|wallet", "Laptop Bag": "bag|backpack", "Messenger Bag": "bag", "Duffel Bag": "bag",
    "Backpacks": "backpack", "Rucksacks": "backpack", "Wallets": "wallet", "Belts": "belt", "Caps": "hat", "Hat": "hat",
    "Scarves": "scarf", "Stoles": "scarf", "Mufflers": "scarf", "Dupatta": "scarf", "Ties": "tie", "Sunglasses": "sunglasses",
    "Watches": "watch", "Earrings": "jewellery", "Pendant": "jewellery", "Necklace and Chains": "jewellery", "Ring": "jewellery",
    "Bangle": "jewellery", "Bracelet": "jewellery", "Jewellery Set": "jewellery",
    "Socks": "socks", "Stockings": "socks|leggings", "Briefs": "underwear", "Bra": "underwear", "Trunk": "underwear",
    "Boxers": "underwear|shorts", "Innerwear Vests": "underwear|tank top", "Shapewear": "underwear", "Nightdress": "nightwear|dress",
    "Night suits": "nightwear", "Baby Dolls": "nightwear", "Bath Robe": "nightwear", "Robe": "nightwear", "Swimwear": "swimwear",
}

# Myntra base colour -> ours, as above; words that name no single colour of ours are left out
MYNTRA_COLOUR = {
    "Black": "black|charcoal", "White": "white|ivory", "Blue": "blue|navy|sky|teal", "Brown": "brown|camel", "Grey": "grey|charcoal|silver",
    "Red": "red|burgundy", "Green": "green|olive|sage|mint|teal", "Pink": "pink|blush|fuchsia", "Navy Blue": "navy|blue", "Purple": "purple|lavender",
    "Silver": "silver|grey", "Yellow": "yellow|mustard", "Beige": "beige|camel|ivory", "Gold": "gold", "Orange": "orange|rust",
    "Maroon": "burgundy|red", "Multi": "multicolour", "Cream": "ivory|white|beige", "Olive": "olive|green", "Steel": "silver|grey",
    "Charcoal": "charcoal|grey|black", "Peach": "blush|pink|orange", "Skin": "beige|blush|camel", "Off White": "ivory|white|beige",
    "Grey Melange": "grey", "Lavender": "lavender|purple", "Teal": "teal|blue|green", "Magenta": "fuchsia|pink|purple",
    "Khaki": "beige|olive|camel", "Mustard": "mustard|yellow", "Tan": "camel|brown|beige", "Turquoise Blue": "teal|sky|blue", "Rust": "rust|orange|brown",
    "Burgundy": "burgundy|red", "Mauve": "lavender|purple|pink", "Coffee Brown": "brown", "Nude": "beige|blush", "Sea Green": "teal|mint|green",
    "Taupe": "beige|grey|brown", "Lime Green": "green|yellow", "Copper": "rust|brown|gold", "Bronze": "brown|gold|rust",
}

CC0_CATEGORY = {
    "T-Shirt": "t-shirt|top", "Longsleeve": "top|t-shirt|sweater|sweatshirt", "Pants": "trousers|jeans|joggers|leggings",
    "Shoes": "shoes|sneakers|boots|heels|flats|sandals|formal shoes|flip-flops", "Shirt": "shirt|blouse", "Dress": "dress",
    "Shorts": "shorts|swimwear|underwear", "Outwear": "jacket|coat|puffer jacket|bomber jacket|denim jacket|cardigan", "Hat": "hat",
    "Skirt": "skirt", "Polo": "polo shirt|t-shirt", "Undershirt": "tank top|underwear|top", "Blazer": "blazer|jacket",
    "Hoodie": "hoodie|sweatshirt", "Body": "underwear|nightwear|jumpsuit|top", "Top": "top|tank top|blouse|t-shirt", "Blouse": "blouse|top|shirt",
}
# ... where the first word is only the family ("Pants" may well be jeans), it is unknown too
CC0_AMBIGUOUS = {"Longsleeve", "Shoes", "Body"}
CC0_EXTRA = {
    "T-Shirt": "short sleeve", "Longsleeve": "long sleeve", "Polo": "short sleeve", "Undershirt": "sleeveless", "Blazer": "lapels",
    "Hoodie": "hood", "Shirt": "shirt collar",
}

# DeepFashion column -> value -> the word it states. Only words that compete inside one column are ever denied.
DEEPFASHION = {
    "texture": {"solid": "solid", "graphic": "graphic", "floral": "floral", "embroidered": "embroidered", "striped": "striped",
                "lattice": "plaid", "pleated": "pleated"},
    "sleeve": {"sleeveless": "sleeveless", "long_sleeve": "long sleeve", "short_sleeve": "short sleeve"},
    "length": {"mini_length": "mini", "maxi_length": "maxi", "no_dress": None},
    "neckline": {"crew_neckline": "crew neck", "v_neckline": "v-neck", "square_neckline": "square neck", "no_neckline": None},
    "fabric": {"cotton": "cotton", "chiffon": "chiffon", "knit": "knit", "denim": "denim", "leather": "leather", "faux": "faux fur"},
    "fit": {"conventional": "regular fit", "tight": "slim fit", "loose": "loose fit"},
}


def words_of(row):
    """What one photo's record states. row: mapping with `source` and the set's own columns.

    Returns (yes, no): two sets of vocabulary words, disjoint. A word in neither set is unknown.
    """
    return {"m": _myntra_words, "c": _cc0_words, "d": _deepfashion_words}[row["source"][0]](row)


def _stated(spec, rivals):
    """A spec "label|unsure|unsure" -> (yes, no): the label, and every rival that the spec does not name."""
    names = spec.split("|")
    return {names[0]}, set(rivals) - set(names)


def _myntra_words(row):
    yes, no = set(), set()
    for spec, rivals in ((MYNTRA_CATEGORY.get(row["article_type"]), CATEGORIES), (MYNTRA_COLOUR.get(row["base_colour"]), COLOURS)):
        if spec:
            stated, denied = _stated(spec, rivals)
            yes |= stated
            no |= denied - ({"multicolour"} if rivals is COLOURS else set())    # a main colour does not rule out others
    gender = {"Women": "women", "Men": "men"}.get(row["gender"])
    if gender:
        yes.add(gender)
        no.add({"women": "men", "men": "women"}[gender])
    return yes, no


def _cc0_words(row):
    label = row["label"]
    if label not in CC0_CATEGORY:
        return set(), set()
    yes, no = _stated(CC0_CATEGORY[label], CATEGORIES)
    if label in CC0_AMBIGUOUS:
        yes = set()
    sleeve = CC0_EXTRA.get(label)
    if sleeve:
        yes.add(sleeve)
        no |= {"sleeveless", "short sleeve", "long sleeve"} - {sleeve} if facet_of(sleeve) == "sleeve" else set()
    return yes, no - yes


def _deepfashion_words(row):
    yes, no = set(), set()
    for column, words in DEEPFASHION.items():
        word = words[row[column]]
        if word:
            yes.add(word)
        # "no dress" and "no neckline" are stated for whole kinds of clothes, so they deny the column's words too
        no |= {other for other in words.values() if other and other != word}
    if "cotton" not in yes:
        no.discard("cotton")        # mixed fabrics: a knit or denim piece is often cotton as well
    return yes, no


def group_of(row):
    """Photos of one group never fall on both sides of a split.

    Myntra: the product name without its colour words and digits (variants of one style); CC0: the sender. DeepFashion: the photo.
    """
    if row["source"].startswith("myntra"):
        words = re.sub(r"[^a-z ]", " ", str(row["name"]).lower()).split()
        return "m:" + " ".join(word for word in words if facet_of(word_for(word) or "") != "colour")
    if row["source"] == "cc0_clothing":
        return f"c:{row['sender_id']}"
    return f"d:{row['id']}"


def is_held_out(row, share=HELD_OUT):
    """Whether a record belongs to the test side: by a hash of its group; DeepFashion by its own val split."""
    if row["source"] == "deepfashion_attr":
        return row["split"] == "val"
    digest = hashlib.sha256(group_of(row).encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * 2**32


def read(folder=DATA, files=FILES, limit=None):
    """Read the photo sets.

    folder: where the parquet files lie. files: which of them. limit: at most so many rows of each (spread over the file).
    Returns a DataFrame, one row per photo: source, id, image (bytes), the set's own columns, held_out (bool), yes and no (sets of words).
    Raises SourceError when a file is missing.
    """
    tables = []
    for name in files:
        path = Path(folder) / f"{name}.parquet"
        if not path.exists():
            raise SourceError(f"No photo set at {path}. Give the folder that holds {name}.parquet: --data FOLDER or FASHFLIX_DATA.")
        table = parquet.read_table(path)
        if limit and limit < len(table):
            table = table.take(np.linspace(0, len(table) - 1, limit).astype(int))
        tables.append(table.to_pandas().assign(source=name))
    photos = pd.concat(tables, ignore_index=True)
    records = photos.drop(columns="image").to_dict("records")
    photos["held_out"] = [is_held_out(row) for row in records]
    stated = [words_of(row) for row in records]
    photos["yes"], photos["no"] = [yes for yes, _ in stated], [no for _, no in stated]
    return photos


def choose_attributes(photos, fewest=FEWEST_POSITIVES):
    """Words with at least `fewest` positive training photos, and at least as many negative ones, in vocabulary order."""
    train = photos[~photos.held_out]
    yes, no = (train[side].explode().value_counts() for side in ("yes", "no"))
    return [word for word in ALL_WORDS if yes.get(word, 0) >= fewest and no.get(word, 0) >= fewest]


def label_matrix(photos, attributes):
    """Labels as int8 (n, A): 1 yes, -1 no, 0 unknown. attributes: list of A words."""
    return np.array([[(word in yes) - (word in no) for word in attributes] for yes, no in zip(photos.yes, photos.no)],
                    np.int8).reshape(len(photos), len(attributes))
