"""What people see and touch: the only package that imports Streamlit.

main         navigation over pages/, and what a person sees when something cannot be opened
places       the pages, named once
session      the person in front of this screen, their deck, their swipes
entrance     signing up, in and out, deleting: another person for this browser, with a new cookie
deck         the swipe deck component            (frontend/deck.*, frontend/product.js)
gallery      the product grid, a product's details (frontend/gallery.*, frontend/details.*, frontend/product.js)
card         a product in a shopper's words
taste        a taste as learnt so far
because      reasons and lanes in a shopper's words
keeping      saved products, history, links      (frontend/history.*, frontend/share.*)
account      the parts of the page You
filter_bar   the filters all pages share
web          routes and middleware: photos with cache headers, the cookie of a person, security headers
"""
