"""The workshop that makes catalogues. The app never imports it.

    crawl        a shop, visited politely -> products and photos: frontier, tasks, ledger (what is done), records, outcome
    fetch        one page: addresses (public ones only), robots, hosts (pace), cache, walls
    shops/       the products on one page; `extract` is its command
    studio/      the demo shop, rendered
    sources      a CSV with photos, a parquet file with photos inside, a crawl, or an existing catalogue -> records
    images       photo -> thumbnail
    build        records -> thumbnails, vectors, table
    publish      a finished folder takes the place of the old one, whole or not at all
"""
