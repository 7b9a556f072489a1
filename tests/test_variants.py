import io

import pytest
from PIL import Image

from catalog.images import FRONT, thumbnail
from catalog.variants import fetch_photo, variants
from fashflix.errors import FetchError, PhotoError, ShopBlocked
from tests.toys import photo

SIZED = [  # as shops write it, and the same photo about 640 pixels wide
    (
        "https://cdn.shopify.com/s/files/1/0001/products/dress.jpg?v=17",
        "https://cdn.shopify.com/s/files/1/0001/products/dress_640x.jpg?v=17",
    ),
    (
        "https://cdn.shopify.com/s/files/1/0001/products/dress_2048x2048.jpg?v=17",
        "https://cdn.shopify.com/s/files/1/0001/products/dress_640x.jpg?v=17",
    ),
    (
        "https://shop.example/cdn/shop/files/dress_grande.progressive.png?v=1&width=1445",
        "https://shop.example/cdn/shop/files/dress_640x.progressive.png?v=1",
    ),
    ("https://shop.example/cdn/shop/files/a_100x100_crop_center@2x.webp", "https://shop.example/cdn/shop/files/a_640x.webp"),
    ("https://v.example/i/1.jpg?width=200&height=300&fmt=webp", "https://v.example/i/1.jpg?width=640&height=960&fmt=webp"),
    ("https://v.example/i/1.jpg?wid=2000&hei=2500&qlt=90,0", "https://v.example/i/1.jpg?wid=640&hei=800&qlt=90,0"),
    ("https://v.example/i/1.jpg?sw=400&sfrm=png&q=a%2Bb", "https://v.example/i/1.jpg?sw=640&sfrm=png&q=a%2Bb"),
    ("https://m.media-amazon.com/images/I/71abc._AC_SR736,920_.jpg", "https://m.media-amazon.com/images/I/71abc._AC_UX640_.jpg"),
    (
        "https://res.cloudinary.com/x/image/upload/c_fill,w_320,h_400,q_80/v1/a.jpg",
        "https://res.cloudinary.com/x/image/upload/c_fill,w_640,h_800,q_80/v1/a.jpg",
    ),
    ("https://v.example/wp-content/uploads/2024/05/dress-300x400.jpg", "https://v.example/wp-content/uploads/2024/05/dress.jpg"),
]


@pytest.mark.parametrize("url, sized", SIZED)
def test_the_size_a_shop_can_send_is_asked_for_first_and_its_own_address_last(url, sized):
    assert variants(url) == [sized, url]


@pytest.mark.parametrize(
    "url", ["https://v.example/i/1.jpg", "https://v.example/i/1.jpg?v=3", "https://v.example/i?w=auto", "https://[broken", SIZED[0][1]]
)
def test_an_address_that_names_no_size_stays_alone(url):
    assert variants(url) == [url]


def test_of_a_srcset_the_narrowest_that_is_wide_enough_comes_first():
    srcset = "https://v.example/320.jpg 320w, https://v.example/750.jpg 750w, https://v.example/1500.jpg 1500w"
    assert variants("https://v.example/a.jpg", srcset) == ["https://v.example/750.jpg", "https://v.example/a.jpg"]
    assert variants("https://v.example/a.jpg", "https://v.example/s,320.jpg 320w")[0] == "https://v.example/s,320.jpg"
    assert variants("https://v.example/a.jpg", "https://v.example/1x.jpg 1x") == ["https://v.example/a.jpg"]


def test_a_size_that_the_shop_does_not_have_gives_way_to_the_photo_itself():
    asked = []

    def get(url):
        asked.append(url)
        if "_640x" in url:
            raise FetchError("404")
        return b"<html>" if "second" not in url else photo()

    first, second = "https://cdn.shopify.com/a.jpg", "https://v.example/second.png"
    assert fetch_photo([first, second], get) == photo()
    assert asked == ["https://cdn.shopify.com/a_640x.jpg", first, second]
    with pytest.raises(PhotoError, match="not a photo"):
        fetch_photo([first], get)
    with pytest.raises(PhotoError, match="no address"):
        fetch_photo([], get)


def test_a_shop_that_refuses_is_not_asked_again_for_the_same_photo():
    asked = []

    def get(url):
        asked.append(url)
        raise ShopBlocked("it does not want automated visits")

    with pytest.raises(PhotoError, match="does not want"):
        fetch_photo([SIZED[0][0], "https://cdn.shopify.com/b.jpg"], get)
    assert asked == [SIZED[0][1]]


def webp(size=(240, 320), **options):
    buffer = io.BytesIO()
    image = Image.effect_noise(size, 80).convert("RGB")
    if options.pop("see_through", False):
        image.putalpha(128)
    image.save(buffer, "WEBP", **({"quality": 75} | options))
    return buffer.getvalue()


@pytest.mark.parametrize("size", [(240, 320), FRONT, (60, 80)])
def test_a_webp_photo_that_already_fits_is_kept_byte_for_byte(size):
    data = webp(size)
    assert thumbnail(data) is data


@pytest.mark.parametrize(
    "data",
    [
        webp((480, 480)),
        webp((600, 800)),
        webp(see_through=True),
        webp(exif=Image.Exif().tobytes() or b"Exif\0\0MM\0*\0\0\0\x08\0\0"),
        photo(size=(240, 320)),
    ],
)
def test_any_other_photo_becomes_a_thumbnail_of_its_own(data):
    made = thumbnail(data)
    image = Image.open(io.BytesIO(made))
    assert made != data and image.format == "WEBP" and image.mode == "RGB" and image.width * 4 == image.height * 3


def test_a_moving_webp_becomes_a_still_one():
    buffer = io.BytesIO()
    frames = [Image.effect_noise((240, 320), 80).convert("RGB") for _ in range(2)]
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:])
    assert getattr(Image.open(io.BytesIO(thumbnail(buffer.getvalue()))), "n_frames", 1) == 1
