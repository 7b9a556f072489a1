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

    data: bytes of a photo. largest: (width, height). A small photo is not enlarged; a WebP photo that already fits is kept byte for byte.
    Returns bytes of a WebP file. Raises PhotoError.
    """
    photo = open_photo(data, size=largest)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and _fits(data, largest):
        return data
    height = min(largest[1], max(photo.height, round(photo.width / RATIO)))
    buffer = io.BytesIO()
    Image.fromarray(frame(photo, height, round(height * RATIO))).save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


def _fits(data, largest):
    """Whether a photo is one upright 3:4 picture within `largest`, so that nothing is gained by compressing it again."""
    with Image.open(io.BytesIO(data)) as photo:
        width, height = photo.size
        return (width * 4 == height * 3 and width <= largest[0] and photo.mode == "RGB" and getattr(photo, "n_frames", 1) == 1
                and not photo.getexif())


def keep(data, folder):
    """Write a thumbnail into folder/photos. Returns its name relative to folder: equal thumbnails share one file."""
    name = f"photos/{hashlib.sha256(data).hexdigest()[:16]}.webp"
    path = Path(folder) / name
    if not path.exists():
        path.write_bytes(data)
    return name
