"""The workshop that makes catalogues. The app never imports it.

    sources      a CSV with photos, a parquet file with photos inside, or an existing catalogue -> records
    images       photo -> thumbnail
    build        records -> thumbnails, vectors, table
    publish      a finished folder takes the place of the old one, whole or not at all
"""
