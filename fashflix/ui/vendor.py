"""The page for vendors, in parts: the door, the columns, the report, publishing. Text of a feed is drawn as text, never as markup."""

import hashlib
import json
from contextlib import closing
from functools import lru_cache

import streamlit as st

from fashflix import workshop
from fashflix.errors import FeedError
from fashflix.gate import Gate
from fashflix.settings import ROOT
from fashflix.ui import session
from fashflix.ui.card import money
from fashflix.ui.figures import figures, plain

KINDS = ["csv", "tsv", "txt", "xlsx", "xml", "json", "gz"]
MAIN_FIELDS = ("name", "image_url", "price", "sale_price", "url", "product_key", "gender", "category")
ENCODINGS = ["", "utf-8", "cp1252", "utf-16", "iso-8859-2", "cp1251", "shift_jis", "gb18030", "big5", "euc-kr", "mac-roman"]
PREVIEW = 3
SECONDS_PER_PHOTO = 1.1

_gate = lru_cache(1)(Gate)


def door():
    """Ask for the passphrase until this tab gave the right one. Returns whether it did."""
    passphrase = session.engine().settings.vendor_passphrase
    if st.session_state.get("vendor_is_in"):
        return True
    with st.form("vendor_door", border=False, width=420):
        given = st.text_input("Passphrase for vendors", type="password", autocomplete="off")
        entered = st.form_submit_button("Open", type="primary")
    if entered:
        right = _gate(passphrase).tries(given)
        if right:
            st.session_state.vendor_is_in = True
            st.rerun()
        st.error("Too many wrong passphrases. Wait half a minute and try again." if right is None else "That is not the passphrase.")
    return False


def choose(upload):
    """Let the vendor say which column is what.

    upload: Streamlit's uploaded file. Returns the options for fashflix.workshop (dict), or None when the file cannot be read.
    """
    encoding = st.session_state.get("feed_encoding") or None
    found = _remembered("inspect", upload, encoding)
    if found is None:
        _encoding_box()
        return None
    read_as = [f"read as {found['encoding']}"] if found["encoding"] else []
    plain(" · ".join([found["kind"], f"{found['rows']:,} rows", *read_as]), *found["notes"])
    with st.expander("First rows, as they are in the file"):
        st.dataframe(found["first"], hide_index=True)
        if found["encoding"]:
            _encoding_box()
    st.subheader("Which column is what")
    st.caption("These are guesses. Correct what is wrong; what no column holds stays empty.")
    mapping = _boxes(found, [field for field in found["fields"] if field in MAIN_FIELDS])
    with st.expander("More columns"):
        mapping |= _boxes(found, [field for field in found["fields"] if field not in MAIN_FIELDS])
    name, currency, site = st.columns(3)
    shop = name.text_input("Shop", value=workshop.shop_word(upload.name.rpartition(".")[0]), max_chars=60, key="feed_shop")
    code = currency.text_input("Currency, where a price states none", placeholder="EUR", max_chars=3, key="feed_currency").strip().upper()
    address = site.text_input("The shop's address, where links are not whole", placeholder="https://shop.example", key="feed_site").strip()
    return {"mapping": mapping, "shop": workshop.shop_word(shop), "currency": code, "site": address, "encoding": encoding}


def look(upload, options):
    """Draw what would become of the feed. Returns the report (dict), or None when there is none."""
    told = _remembered("report", upload, options)
    if told is None:
        return None
    st.subheader("What FashFlix would take")
    figures([("Products", f"{told['usable']:,}", None), ("Left out", f"{told['left_out']:,}", None),
             ("With remarks", f"{told['with_remarks']:,}", None), ("Out of stock", f"{told['out_of_stock']:,}", "kept, not shown")])
    missing = [f"{count:,} without {field.replace('_', ' ')}" for field, count in told["missing"].items() if count]
    if missing and told["usable"]:
        plain("Of the products: " + ", ".join(missing) + ".")
    if told["hint"]:
        plain(told["hint"], kind="error")
    if told["reasons"]:
        plain("Left out because: " + "; ".join(f"{reason} ({count:,})" for reason, count in told["reasons"].items()) + ".")
    _preview(told["first"][:PREVIEW])
    if told["details"]:
        with st.expander(f"Row by row: {len(told['details']):,} left out or with remarks"):
            st.dataframe([{"row": one["row"], "remark": remark, "name": one["name"]}
                          for one in told["details"] for remark in one["remarks"]], hide_index=True)
    st.download_button("Download the report", json.dumps(told, ensure_ascii=False, indent=1), "report.json", "application/json",
                       type="tertiary", icon=":material/download:", on_click="ignore")
    return told


def offer(upload, options, told):
    """Draw the button that publishes into staging, and what came of it."""
    settings, catalogue = session.engine().settings, session.engine().catalogue
    st.subheader("Publish")
    own = sum(shop == options["shop"] for shop in catalogue.column("shop"))
    together = st.toggle("Together with the products that are served now", value=True, key="feed_together")
    minutes = max(1, round(told["photos"] * SECONDS_PER_PHOTO / 60))
    plain(f"{told['usable']:,} products go into a staging catalogue; the one that is served stays as it is. Photos are fetched one a "
          f"second: about {minutes:,} minute{'s' * (minutes > 1)}. Leaving this page stops it; what was fetched is kept for the next time.",
          *([f"The {own:,} products that {options['shop']} has now are replaced."] if own and together else []))
    if st.button("Publish into staging", type="primary", disabled=not told["usable"], icon=":material/publish:"):
        _publish(upload, options, settings, together)


def _publish(upload, options, settings, together):
    bar = st.progress(0.0, "Reading the feed")
    try:
        with closing(workshop.publish(upload.getvalue(), upload.name, options, settings, together)) as steps:
            for step in steps:
                if isinstance(step, tuple):
                    bar.progress(step[0] / max(1, step[1]), f"{step[0]:,} of {step[1]:,} products")
    except FeedError as error:
        bar.empty()
        plain(str(error), kind="error")
        return
    bar.empty()
    failed = f" {step['photos_failed']:,} were left out for want of a photo." if step["photos_failed"] else ""
    plain(f"Done: the staging catalogue holds {step['products']:,} products.{failed} Nothing that is served has changed.",
          *([step["first_failure"]] if step["first_failure"] else []), kind="success")
    folder = workshop.staging_folder(settings, options["shop"])
    shown = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder
    st.caption("The person who runs FashFlix looks at it and swaps it in with")
    st.code(f"FASHFLIX_CATALOGUE={shown} streamlit run app.py", language=None, wrap_lines=True)


def _remembered(command, upload, given):
    """The workshop's answer, asked for once for each file and choice. None, with its message drawn, when it has none."""
    key = command, hashlib.sha256(upload.getvalue()).hexdigest(), json.dumps(given, sort_keys=True)
    known = st.session_state.setdefault("feed_answers", {})
    if key not in known:
        with st.spinner("Reading the feed"):
            try:
                known[key] = getattr(workshop, command)(upload.getvalue(), upload.name, given)
            except FeedError as error:
                known[key] = str(error)
        for old in list(known)[:-6]:
            del known[old]
    if isinstance(known[key], str):
        plain(known[key], kind="error")
        return None
    return known[key]


def _encoding_box():
    st.selectbox("Letters look wrong? Read it as", ENCODINGS, key="feed_encoding", width=320,
                 format_func=lambda name: name or "what FashFlix finds")


def _boxes(found, fields):
    """One box for each field, with the guess chosen. Returns {field: column or None}."""
    mapping, columns = {}, st.columns(2)
    for place, field in enumerate(fields):
        options = ["", *found["columns"]]
        guess = options.index(found["mapping"].get(field, ""))
        chosen = columns[place % 2].selectbox(found["fields"][field], options, index=guess, key=f"feed_{field}_{found['columns']}",
                                              format_func=lambda name: name or "No column")
        mapping[field] = chosen or None
    return mapping


def _preview(products):
    """A few products, as they would be known."""
    for place, (product, box) in enumerate(zip(products, st.columns(PREVIEW))):
        with box.container(border=True, key=f"feed_preview_{place}"):
            price = money(product.get("price"), product.get("currency"))
            before = f" (before {money(product['list_price'], product.get('currency'))})" if product.get("list_price") else ""
            facts = [product.get(field) for field in ("brand", "gender", "category", "availability")] + product.get("colours", [])
            plain(product["name"], f"{price}{before}" if price else "No price",
                  " · ".join(fact for fact in facts if fact) or "Nothing more stated", product.get("url") or "No page of its own")
