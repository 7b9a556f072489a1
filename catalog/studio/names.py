"""Product names as a good shop writes them, from the ground truth alone: "Relaxed Cable-Knit Turtleneck, Burgundy"."""

FIT = {"slim fit": ("Slim", "Fitted"), "loose fit": ("Relaxed", "Oversized", "Easy"), "regular fit": ("", "", "Classic", "Everyday"),
       "wide leg": ("Wide-Leg",), "straight leg": ("Straight",)}
PATTERN = {"striped": "Striped", "plaid": "Check", "gingham": "Gingham", "polka dot": "Polka-Dot", "houndstooth": "Houndstooth",
           "geometric": "Geometric", "argyle": "Argyle", "floral": "Floral", "animal": "Animal-Print", "camouflage": "Camouflage",
           "tie-dye": "Tie-Dye", "ombre": "Ombre", "colour-block": "Colour-Block", "graphic": "Graphic"}
FABRIC = {"cable knit": "Cable-Knit", "rib knit": "Ribbed", "wool": "Wool", "linen": "Linen", "satin": "Satin", "corduroy": "Corduroy",
          "boucle": "Boucle", "suede": "Suede", "leather": "Leather", "denim": "Denim", "canvas": "Canvas", "fleece": "Fleece",
          "nylon": "Nylon", "chiffon": "Chiffon"}
LENGTH = {"cropped": "Cropped", "mini": "Mini", "midi": "Midi", "maxi": "Maxi", "knee length": "Knee-Length"}
NECK = {"v-neck": "V-Neck", "scoop neck": "Scoop-Neck", "boat neck": "Boat-Neck", "square neck": "Square-Neck", "mock neck": "Mock-Neck",
        "crew neck": "Crew-Neck"}
SLEEVE = {"long sleeve": "Long-Sleeve", "short sleeve": "Short-Sleeve", "sleeveless": "Sleeveless", "half sleeve": "Half-Sleeve"}
STYLE = {"pleated": "Pleated", "gathered": "Gathered", "a-line": "A-Line", "pencil": "Pencil", "flared": "Flared", "shift": "Shift",
         "bodycon": "Bodycon", "wrap": "Wrap", "tiered": "Tiered", "puff sleeves": "Puff-Sleeve",
         "court": "Court", "runner": "Running", "high-top": "High-Top",
         "chelsea": "Chelsea", "tall shaft": "Tall", "ankle boot": "Ankle",
         "tote": "Tote", "shoulder bag": "Shoulder", "crossbody": "Crossbody",
         "chino": "Chino", "distressed": "Distressed"}
NOUN = {"t-shirt": "T-Shirt", "tank top": "Tank Top", "shirt": "Shirt", "blouse": "Blouse",
        "sweater": "Sweater", "cardigan": "Cardigan", "hoodie": "Hoodie", "sweatshirt": "Sweatshirt",
        "denim jacket": "Denim Jacket", "bomber jacket": "Bomber Jacket", "puffer jacket": "Puffer Jacket",
        "blazer": "Blazer", "coat": "Coat", "dress": "Dress", "skirt": "Skirt",
        "jeans": "Jeans", "trousers": "Trousers", "joggers": "Joggers", "leggings": "Leggings", "shorts": "Shorts",
        "sneakers": "Sneakers", "boots": "Boots", "bag": "Bag", "backpack": "Backpack", "hat": "Hat"}
OWN_NOUN = {"cap": "Cap", "beanie": "Beanie", "bucket hat": "Bucket Hat"}
PLAIN_FABRIC = {"denim jacket": "denim", "jeans": "denim", "hoodie": "fleece", "sweatshirt": "fleece", "joggers": "fleece",
                "boots": "leather", "sneakers": "leather", "bag": "leather", "puffer jacket": "quilted", "bomber jacket": "nylon",
                "coat": "wool", "blazer": "wool", "blouse": "chiffon"}
MOST_WORDS = 3          # before the noun
OPENERS = ("Everyday", "Classic", "Weekend", "Essential", "Modern", "Signature", "Favourite", "City", "Holiday")


def name(truth, rng, opener=""):
    """A name for a product. truth: Truth. rng: numpy Generator, for the choice of words. Returns str, never contradicting the truth.

    opener: a word that says nothing about the garment, put first where two garments would share a name.
    """
    words = [word for word in (_fit(truth, rng), _length(truth), PATTERN.get(truth.pattern), _fabric(truth), _cut(truth, rng)) if word]
    noun = _noun(truth)
    words = list(dict.fromkeys(word for word in words if word not in noun.split()))
    words = words[-MOST_WORDS:]
    if opener and words[:1] != [opener]:
        words = [opener, *words]
    named = truth.colours[:1] if truth.pattern in ("solid", "denim wash", "graphic") else truth.colours[:2]
    return f"{' '.join([*words, noun])}, {' and '.join(word.title() for word in named)}"


def _fit(truth, rng):
    options = FIT.get(truth.fit, ("",))
    return options[rng.integers(len(options))]


def _length(truth):
    known = LENGTH.get(truth.length)
    return known if truth.category in ("dress", "skirt") or truth.length == "cropped" else None


def _fabric(truth):
    return FABRIC.get(truth.fabric) if PLAIN_FABRIC.get(truth.category) != truth.fabric else None


def _cut(truth, rng):
    """Neckline, sleeve or style: what this kind of garment is told apart by."""
    for word in truth.style:
        if word in STYLE and word not in OWN_NOUN:
            return STYLE[word]
    if truth.category == "sweater" and truth.neckline != "turtleneck":
        return NECK.get(truth.neckline)
    if truth.category == "t-shirt":
        return SLEEVE["long sleeve"] if truth.sleeve == "long sleeve" else NECK.get(truth.neckline) if rng.random() < 0.6 else None
    if truth.category in ("tank top", "blouse"):
        return NECK.get(truth.neckline) if rng.random() < 0.5 else None
    if truth.category == "shirt":
        return SLEEVE["short sleeve"] if truth.sleeve == "short sleeve" else None
    if truth.category == "hoodie":
        return "Zip-Up" if truth.closure == "zip front" else None
    return None


def _noun(truth):
    for word in truth.style:
        if word in OWN_NOUN:
            return OWN_NOUN[word]
    if truth.category == "sweater" and truth.neckline == "turtleneck":
        return "Turtleneck"
    return NOUN.get(truth.category, truth.category.title())
