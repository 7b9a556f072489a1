"""Files as vendors send them -> rows; files that would harm are refused."""

import gzip
import io
import json
import zipfile

import openpyxl
import pytest

from catalog.feeds import workbook
from catalog.feeds.fields import checked, guess
from catalog.feeds.reader import MOST_BYTES, parse_feed
from fashflix.errors import FeedError

GOOGLE = (
    "id",
    "title",
    "link",
    "image_link",
    "price",
    "sale_price",
    "availability",
    "gender",
    "color",
    "item_group_id",
    "gtin",
    "product_type",
)
DRESS = (
    "D1",
    "Kleid „Grün“ – leicht",
    "https://v.example/d1",
    "https://v.example/d1.jpg",
    "79.00 EUR",
    "59.00 EUR",
    "in_stock",
    "female",
    "Green",
    "D",
    "4006381333931",
    "Women > Dresses",
)
COAT = (
    "C1",
    "Größe 52, schwarz; Wolle",
    "https://v.example/c1",
    "https://v.example/c1.jpg",
    "1299.00 EUR",
    "",
    "in_stock",
    "male",
    "Black",
    "",
    "",
    "Men > Coats",
)


def separated(separator, *rows):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text or "\n" in text else text

    return "\r\n".join(separator.join(map(cell, row)) for row in rows) + "\r\n"


def workbook_of(*rows, sheet="Products", before=()):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in (*before, *rows):
        book.active.append(row)
    return book


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rss(item, head='<?xml version="1.0" encoding="UTF-8"?>'):
    return f'{head}<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Vee</title>{item}</channel></rss>'


def rows_of(data, **options):
    feed = parse_feed(data, **options)
    return feed, [row for _, row in feed.rows]


@pytest.mark.parametrize(
    "separator, kind",
    [("\t", "Google Merchant TSV"), (",", "Google Merchant CSV"), (";", "Google Merchant CSV"), ("|", "Google Merchant CSV")],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_table_reads_the_same_whatever_its_separator_and_encoding(separator, kind, encoding):
    feed, rows = rows_of(separated(separator, GOOGLE, DRESS, COAT).encode(encoding))
    assert feed.kind == kind and feed.columns == GOOGLE
    assert rows == [{name: text for name, text in zip(GOOGLE, row) if text} for row in (DRESS, COAT)]


@pytest.mark.parametrize(
    "encoding, names",
    [
        (
            "cp1251",
            ("Платье летнее синее", "Рубашка мужская хлопковая", "Куртка зимняя с капюшоном", "Джинсы женские узкие", "Юбка в клетку"),
        ),
        ("shift_jis", ("ワンピース 青 レディース", "メンズ シャツ 長袖 コットン", "冬用ジャケット フード付き")),
        ("big5", ("女士連衣裙 藍色 夏季新款", "男士襯衫 純棉 長袖", "冬季外套 連帽")),
    ],
)
def test_an_encoding_of_foreign_letters_is_found(encoding, names):
    rows = [(f"{number}", name, f"https://v.example/{number}.jpg") for number, name in enumerate(names * 4)]
    assert [row["title"] for row in rows_of(separated(",", ("id", "title", "image_link"), *rows).encode(encoding))[1]] == list(names * 4)


def test_a_person_may_name_the_encoding_and_a_wrong_one_is_said():
    data = separated(",", ("id", "title"), ("1", "Žluté šaty")).encode("iso-8859-2")
    assert rows_of(data, encoding="iso-8859-2")[1][0]["title"] == "Žluté šaty"
    for wrong in ("utf-8", "klingon"):
        with pytest.raises(FeedError, match=wrong):
            parse_feed(data, encoding=wrong)


def test_rows_above_the_header_are_skipped_and_reported():
    feed, rows = rows_of(
        separated(",", ("Price list of Vee",), ("as of", "May"), ("",), ("id", "title", "price"), ("1", "Dress", "10 EUR")).encode()
    )
    assert (
        rows == [{"id": "1", "title": "Dress", "price": "10 EUR"}] and "2 rows above the header" in feed.notes[0] and feed.rows[0][0] == 5
    )


def test_a_header_in_no_language_we_know_is_the_first_full_row():
    feed, rows = rows_of(b"alpha;beta;gamma\n1;Dress;https://v.example/1.jpg\n2;Coat;https://v.example/2.jpg\n")
    assert feed.columns == ("alpha", "beta", "gamma") and guess(feed.columns, rows) == {"image_url": "gamma"}


def test_a_cell_may_hold_lines_and_a_quotation_mark_that_never_closes_costs_no_rows():
    _, rows = rows_of(separated("\t", ("id", "title", "price"), ("1", 'two\nlines, 5" heel', "3"), ("2", "B", "4")).encode())
    assert [row["title"] for row in rows] == ['two\nlines, 5" heel', "B"]
    feed, rows = rows_of(b"id\ttitle\tprice\n" + b'1\t"open\t3\n' + b"".join(b"%d\tB\t4\n" % number for number in range(2, 900)))
    assert len(rows) == 899 and "never closed" in feed.notes[0]


def test_a_workbook_reads_numbers_dates_currencies_and_the_right_sheet():
    book = workbook_of(
        ("id", "title", "price", "sale_price", "link"),
        (1, "Dress", 79, 59.5, "https://v.example/1"),
        (2.0, "Coat", 1299, None, None),
        before=(("PRICE LIST",), ()),
    )
    book.active["C4"].number_format = '#,##0.00 "EUR"'
    book.active["D4"].number_format = "[$€-407] #,##0.00"
    book.create_sheet("Notes", 0).append(("do not", "read"))
    feed, rows = rows_of(saved(book))
    assert feed.kind == "XLSX" and "'Products' is read" in feed.notes[0]
    assert rows == [
        {"id": "1", "title": "Dress", "price": "79 EUR", "sale_price": "59.5 €", "link": "https://v.example/1"},
        {"id": "2", "title": "Coat", "price": "1299"},
    ]
    assert feed.rows[0][0] == 4


def test_google_rss_and_atom_are_items_with_repeated_values_joined():
    item = (
        "<item><g:id>D1</g:id><title>Kleid &amp; Gürtel</title><link>https://v.example/d1</link><g:additional_image_link>https://v.example/2.jpg</g:additional_image_link>"
        "<g:additional_image_link>https://v.example/3.jpg</g:additional_image_link><g:shipping><g:price>5 EUR</g:price></g:shipping></item>"
    )
    feed, rows = rows_of(rss(item).encode())
    assert feed.kind == "Google Merchant RSS"
    assert rows == [
        {
            "id": "D1",
            "title": "Kleid & Gürtel",
            "link": "https://v.example/d1",
            "additional_image_link": "https://v.example/2.jpg|https://v.example/3.jpg",
        }
    ]
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Dress</title><link href="https://v.example/1"/></entry></feed>'
    )
    assert rows_of(atom.encode("utf-16"))[1] == [{"id": "1", "title": "Dress", "link": "https://v.example/1"}]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8"])
def test_xml_reads_in_the_encoding_it_declares(encoding):
    text = rss("<item><g:id>1</g:id><g:title>Größe</g:title></item>", f'<?xml version="1.0" encoding="{encoding}"?>')
    assert rows_of(text.encode(encoding))[1][0]["title"] == "Größe"


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY x "ha">' + "".join(f'<!ENTITY x{n} "&x{n - 1 or ""};&x{n - 1 or ""};">' for n in range(1, 40)),
        '<!ENTITY % d SYSTEM "http://127.0.0.1:9/evil.dtd"> %d;',
    ],
)
def test_xml_with_entities_is_refused_before_it_is_read(entities):
    data = rss("<item><g:id>1</g:id><g:title>&x;</g:title></item>", f'<?xml version="1.0"?><!DOCTYPE r [{entities}]>').encode()
    for encoded in (data, data.decode().encode("utf-16")):
        with pytest.raises(FeedError, match="DOCTYPE"):
            parse_feed(encoded)


@pytest.mark.parametrize(
    "data, says",
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n", "empty|no rows"),
        (b"\0\0\0\0", "empty"),
        (b"PK\x03\x04 broken", "damaged ZIP"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"%PDF-1.7", "not a product list"),
        (b"\x1f\x8b broken", "damaged gzip"),
        (b"[1, 2, 3]", "no list of products"),
        (b'{"a": ', "damaged"),
        (b"[" * 100_000, "damaged|no list"),
        (b"<rss><channel><item><id>1</id>", "damaged"),
        (b"<html><body>hello</body></html>", "no product"),
        (b"<a>" * 60 + b"</a>" * 60, "damaged"),
        (b"just one line of words", "No header"),
    ],
)
def test_a_file_that_is_no_feed_gets_a_sentence(data, says):
    with pytest.raises(FeedError, match=says):
        parse_feed(data)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(workbook.UNPACKED + 1))
    assert len(buffer.getvalue()) < 1_000_000
    monkeypatch.setattr(workbook.openpyxl, "load_workbook", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(FeedError, match="would unpack to"):
        parse_feed(buffer.getvalue())


def test_a_workbook_with_an_entity_bomb_is_refused():
    data = saved(workbook_of(("id", "title"), ("1", "Dress")))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                body = b'<!DOCTYPE r [<!ENTITY x "ha">]>' + body.removeprefix(b"<?xml version='1.0' encoding='UTF-8'?>")
            new.writestr(entry.filename, body)
    with pytest.raises(FeedError, match="cannot be read"):
        parse_feed(buffer.getvalue())


def test_a_sheet_that_claims_a_million_rows_is_not_believed():
    book = workbook_of(("id", "title"), ("1", "Dress"))
    book.active["B1048576"] = "far away"
    assert len(rows_of(saved(book))[1]) == 1


def test_a_gzip_bomb_ends_at_the_limit():
    with pytest.raises(FeedError, match="more than"):
        parse_feed(gzip.compress(b"a,b\n" * (MOST_BYTES // 2)))
    assert rows_of(gzip.compress(b"id,title\n1,Dress\n"))[1] == [{"id": "1", "title": "Dress"}]


def test_shopify_products_become_one_row_per_colour():
    red, blue = (
        {"id": number, "option1": colour, "option2": "M", "price": price, "compare_at_price": "90.00", "available": number == 1}
        for number, colour, price in ((1, "Red", "80.00"), (2, "Blue", "70.00"))
    )
    product = {
        "id": 7,
        "title": "Dress",
        "handle": "dress",
        "vendor": "Vee",
        "product_type": "Dresses",
        "options": [{"name": "Color"}, {"name": "Size"}],
        "variants": [red, blue, blue | {"id": 3, "price": "75.00"}],
        "images": [{"src": "https://v.example/red.jpg", "variant_ids": [1]}, {"src": "https://v.example/blue.jpg", "variant_ids": [2, 3]}],
    }
    feed, rows = rows_of(json.dumps({"products": [product]}).encode())
    assert feed.kind == "Shopify JSON" and [
        (row["id"], row["colour"], row["price"], row["image"], row["availability"], row["product"]) for row in rows
    ] == [
        ("7-Red", "Red", "80.00", "https://v.example/red.jpg", "in stock", "7"),
        ("7-Blue", "Blue", "70.00", "https://v.example/blue.jpg", "out of stock", "7"),
    ]


def test_plain_json_and_json_lines_are_flattened():
    rows = [
        {
            "name": "Dress",
            "price": {"value": 10, "unit": "EUR"},
            "images": ["https://v.example/1.jpg", "https://v.example/2.jpg"],
            "nothing": None,
        }
    ]
    flat = [{"name": "Dress", "price.value": "10", "price.unit": "EUR", "images": "https://v.example/1.jpg|https://v.example/2.jpg"}]
    assert rows_of(json.dumps(rows).encode())[1] == rows_of(json.dumps({"meta": [], "items": rows}).encode())[1] == flat
    assert len(rows_of(b'{"name": "A", "id": 1}\n{"name": "B", "id": 2}\n')[1]) == 2


def test_the_mapping_is_guessed_in_other_languages_and_from_values():
    columns = ("Artikelnummer", "Bezeichnung", "Preis", "UVP", "Foto", "Seite", "Farbe", "Category")
    row = dict(zip(columns, ("1", "Kleid", "10", "20", "https://v.example/a.jpg", "https://v.example/a", "Blau", "women")))
    assert guess(columns, [row] * 3) == {
        "name": "Bezeichnung",
        "product_key": "Artikelnummer",
        "price": "Preis",
        "list_price": "UVP",
        "url": "Seite",
        "image_url": "Foto",
        "gender": "Category",
        "colours": "Farbe",
    }


def test_a_mapping_that_does_not_fit_says_what_would():
    assert checked({"name": "a", "price": None}, ("a", "b")) == {"name": "a"}
    for mapping, says in (({"nmae": "a"}, "no field 'nmae'"), ({"name": "c"}, "no column 'c'"), (["name"], "JSON object")):
        with pytest.raises(FeedError, match=says):
            checked(mapping, ("a", "b"))
