"""The workshop that makes catalogues. The app never imports it.

    crawl        a shop's address -> products.jsonl and photos, politely; goes on after a kill
    refresh      crawl, build and publish in one command, fit for cron
    build        records -> thumbnails, vectors, table
    extract      one saved page -> products, on standard output
    studio       the demo shop, rendered

What they are made of:

    shops        a page -> products                          feeds        a vendor's feed -> products
    fetch        pages and photos, with the good manners of  hosts, robots, addresses, cache, walls
    frontier     where a shop's products are                 tasks        what is done with each kind of page
    ledger       what a crawl has done and has to do         outcome      how it ended
    records      products of many pages -> one each          lifecycle    what becomes of them from visit to visit
    sources      files of any kind -> records                reuse        vectors of photos that did not change
    variants     a photo's address -> its best size          images       photo -> thumbnail
    duplicates   equal products share a group                publish      a finished folder takes the place of the old one
"""
