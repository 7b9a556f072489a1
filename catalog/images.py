"""Photos -> 3:4 WebP thumbnails, named after their content."""

import hashlib
import io
from pathlib import Path

from PIL import Image

from fashflix.photo import frame, open_photo

RATIO = 3 / 4
FRONT, FURTHER = (480, 640), (360, 480)         # width and height in pixels at most
QUALITY = 80


def thumbnail(data, largest=FRONT):
    """A photo as a 3:4 thumbnail: the whole photo, centred; what is missing is filled with the colour of its border.

    data: bytes of a photo. largest: (width, height). A small photo is not enlarged. A WebP photo that already is what comes out here is
    kept byte for byte: to compress it a second time would only cost quality.
    Returns bytes of a WebP file. Raises PhotoError.
    """
    photo = open_photo(data, size=largest)
    if _is_thumbnail(data, largest):
        return data
    height = min(largest[1], max(photo.height, round(photo.width / RATIO)))
    buffer = io.BytesIO()
    Image.fromarray(frame(photo, height, round(height * RATIO))).save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


def _is_thumbnail(data, largest):
    """Whether the bytes of a readable photo are a 3:4 WebP picture within the size, opaque, and with nothing in it but the picture."""
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        return (image.format == "WEBP" and image.mode == "RGB" and width == round(height * RATIO) and width <= largest[0]
                and height <= largest[1] and getattr(image, "n_frames", 1) == 1 and not {"exif", "xmp"} & set(image.info))


def usable_photo(data):
    """The bytes themselves, once they were seen to open as a photo. Raises PhotoError."""
    open_photo(data, size=(64, 64))
    return data


def name_of(data):
    """The name of a thumbnail relative to its catalogue's folder, made of its content."""
    return f"photos/{hashlib.sha256(data).hexdigest()[:16]}.webp"


def keep(data, folder):
    """Write a thumbnail into folder/photos. Returns its name relative to folder: equal thumbnails share one file."""
    name = name_of(data)
    path = Path(folder) / name
    if not path.exists():
        path.write_bytes(data)
    return name
