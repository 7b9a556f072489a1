"""What people see and touch: the only package that imports Streamlit.

main         navigation over pages/, and what a person sees when something cannot be opened
places       the pages, named once
session      the person in front of this screen, their deck, their swipes
deck         the swipe deck component            (frontend/deck.*, frontend/product.js)
gallery      the product grid component          (frontend/gallery.*, frontend/product.js)
card         a product in a shopper's words
filter_bar   the filters all pages share
web          routes and middleware: photos with cache headers, the guest cookie, security headers
"""
