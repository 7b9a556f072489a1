"""Bytes -> an upright RGB photo, or one clear PhotoError.

Accepts what phones and browsers send: JPEG (also MPO, the two-picture JPEG of some phones), PNG and WebP. The format is read from the
bytes, never from a file name.
"""

import io
import warnings

import numpy as np
from PIL import Image, ImageOps

from fashflix.errors import PhotoError

FORMATS = ("JPEG", "PNG", "WEBP")      # Pillow opens MPO through JPEG
MAX_BYTES = 20_000_000
MAX_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000}   # JPEG decodes straight to a smaller size; the others cannot
MAX_PIXELS_OTHER = 25_000_000
MAX_SIDE = 16_000
MAX_RATIO = 8
MIN_SIDE = 16
WORKING_SIZE = (1600, 1600)
HOW_TO_GO_ON = "Save it as JPEG, PNG or WebP and try again."


def open_photo(data, size=None):
    """Decode a photo: orientation applied, transparency laid on white, 16-bit and CMYK converted.

    data: bytes of a JPEG, PNG or WebP file.
    size: (width, height) in pixels the caller needs; a larger photo is reduced while decoding, to a size not much above the smallest
        that still covers it. Default 1600 x 1600. A smaller photo keeps its size.
    Returns a PIL image of mode RGB. Raises PhotoError, and nothing else, for anything that is not a usable photo.
    """
    if len(data) > MAX_BYTES:
        raise PhotoError(f"This photo has {len(data) / 1e6:.0f} MB; the limit is {MAX_BYTES // 1_000_000} MB. Send a smaller one.")
    if not data:
        raise PhotoError(f"This file is empty. {HOW_TO_GO_ON}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")     # Pillow warns about metadata that is not used here
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                _check_shape(image)
                return _upright_rgb(image, size or WORKING_SIZE)
    except PhotoError:
        raise
    except Exception as error:                  # Pillow's decoders raise a dozen types on damaged bytes
        raise PhotoError(_what_it_is(data, error)) from error


def frame(image, height, width):
    """Fit a photo into a fixed frame without cropping or stretching; the rest is filled with the mean colour of its border.

    image: PIL image, RGB. height, width: pixels. Returns uint8 (height, width, 3).
    """
    left, top, right, bottom = place_in_frame(image.size, height, width)
    size = (right - left, bottom - top)
    resized = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=3.0)
    pixels = np.asarray(resized)
    if size == (width, height):
        return pixels
    framed = np.empty((height, width, 3), np.uint8)
    framed[:] = border_colour(pixels)
    framed[top:bottom, left:right] = pixels
    return framed


def place_in_frame(size, height, width):
    """Where `frame` puts a photo. size: (width, height) of the photo. Returns (left, top, right, bottom) in pixels of the frame."""
    scale = min(width / size[0], height / size[1])
    inner = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    return left, top, left + inner[0], top + inner[1]


def border_colour(pixels):
    """Mean colour of the outermost pixels. pixels: uint8 (h, w, 3). Returns uint8 (3,)."""
    edges = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    return edges.mean(axis=0).round().astype(np.uint8)


def _check_shape(image):
    width, height = image.size
    limit = MAX_PIXELS.get(image.format, MAX_PIXELS_OTHER)
    if min(width, height) < MIN_SIDE:
        raise PhotoError(f"This photo is only {width} x {height} pixels. Send one of at least {MIN_SIDE} pixels a side.")
    if width * height > limit or max(width, height) > MAX_SIDE:
        raise PhotoError(f"This photo is {width} x {height} pixels, more than FashFlix opens. Send a smaller one.")
    if max(width, height) > MAX_RATIO * min(width, height):
        raise PhotoError(f"This photo is {width} x {height} pixels, too narrow to show a garment. Crop it and try again.")


def _upright_rgb(image, size):
    side = max(size)                            # square, so that it holds before and after turning upright
    image.draft("RGB", (side, side))            # JPEG: decode at 1/2, 1/4 or 1/8 when that is enough
    image.load()
    image = _eight_bits(image)
    factor = min(image.size) // side            # a box filter by a whole number, as draft does for JPEG
    if factor > 1:
        image = image.reduce(factor)
    try:
        image = ImageOps.exif_transpose(image)
    except Exception:                           # a broken EXIF block does not spoil the picture
        pass
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def _eight_bits(image):
    """16-bit grey scales to 8 bits; Pillow's own conversion would clip every value above 255."""
    if not image.mode.startswith("I"):
        return image
    values = np.asarray(image).astype(np.int64).clip(0, 65535)
    exif = image.info.get("exif")
    image = Image.fromarray((values // 257).astype(np.uint8))
    if exif:
        image.info["exif"] = exif
    return image


def _what_it_is(data, error):
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return f"This is a HEIC or AVIF photo, which FashFlix does not read. {HOW_TO_GO_ON}"
    if isinstance(error, OSError) and "truncated" in str(error).lower():
        return "This photo is cut off: the end of the file is missing. Send it again."
    return f"This file is not a photo FashFlix can read. {HOW_TO_GO_ON}"
