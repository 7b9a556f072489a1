import io

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from fashflix.errors import PhotoError
from fashflix.photo import border_colour, frame, open_photo
from tests.toys import photo


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_browsers_send_opens_as_rgb(kind):
    opened = open_photo(photo((10, 200, 30), (60, 80), kind))
    assert opened.mode == "RGB" and opened.size == (60, 80)
    assert np.abs(np.asarray(opened).mean((0, 1)) - (10, 200, 30)).max() < 4


def test_the_two_picture_jpeg_of_some_phones_opens():
    first, second = Image.new("RGB", (64, 64), "red"), Image.new("RGB", (64, 64), "blue")
    opened = open_photo(saved(first, "MPO", save_all=True, append_images=[second]))
    assert np.asarray(opened).mean((0, 1))[0] > 200


def test_a_photo_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_photo(saved(Image.new("RGB", (100, 40)), "JPEG", exif=exif)).size == (40, 100)


def test_transparency_is_laid_on_white():
    assert np.asarray(open_photo(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))).min() == 255


def test_sixteen_bit_grey_keeps_its_brightness():
    grey = Image.fromarray(np.full((20, 20), 32768, np.uint16))
    assert abs(int(np.asarray(open_photo(saved(grey, "PNG")))[0, 0, 0]) - 127) <= 1


def test_a_large_jpeg_is_reduced_while_decoding_but_still_covers_what_is_asked():
    opened = open_photo(saved(Image.new("RGB", (4000, 3000)), "JPEG"), size=(300, 400))
    assert 400 <= min(opened.size) and max(opened.size) < 1500


@pytest.mark.parametrize("data, says", [
    (b"just some text, named .jpg", "not a photo"),
    (b"", "empty"),
    (photo(kind="JPEG", size=(400, 400))[:700], "cut off"),
    (b"\0\0\0\x18ftypheic" + b"\0" * 50, "HEIC"),
    (photo(size=(4, 4)), "only 4 x 4"),
    (photo(size=(2000, 20)), "too narrow"),
])
def test_what_is_no_photo_gets_a_sentence(data, says):
    with pytest.raises(PhotoError, match=says):
        open_photo(data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_damaged_bytes_never_raise_anything_else(noise, place, kind):
    data = photo(kind=kind, size=(64, 64))
    try:
        open_photo(data[:place] + noise + data[place + len(noise):])
    except PhotoError:
        pass


@settings(max_examples=60, deadline=None)
@given(st.integers(16, 300), st.integers(16, 300))
def test_a_framed_photo_has_the_frame_s_size_and_keeps_its_proportions(width, height):
    image = Image.new("RGB", (width, height), (120, 20, 20))
    framed = frame(image, 64, 48)
    assert framed.shape == (64, 48, 3) and framed.dtype == np.uint8
    assert (framed == (120, 20, 20)).all()


def test_what_the_frame_adds_has_the_colour_of_the_border():
    image = Image.new("RGB", (30, 30), "white")
    image.paste("black", (10, 10, 20, 20))
    framed = frame(image, 64, 48)
    assert (framed[:6] == 255).all() and framed.min() < 60
    assert (border_colour(np.asarray(image)) == 255).all()
