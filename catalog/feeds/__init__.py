"""Product feeds that vendors send -> products. A feed is never trusted: it is bounded, checked, and reported on before anything is written.

    reader       a file -> Feed: columns and rows of text, whatever its format
    encoding     bytes -> text
    tables       CSV, TSV and other separated text
    workbook     XLSX
    markup       XML: Google Merchant RSS and Atom
    lists        JSON: Shopify and plain lists of objects
    fields       which column holds what: a guess, and a person's correction
    products     a row -> a product, and remarks on what could not be used
    report       every row's fate, before anything is written
    publishing   products and their photos -> a catalogue folder

`python -m catalog.feeds --help` is the way in; the app runs it as a program of its own.
"""
