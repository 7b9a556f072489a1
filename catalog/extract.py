"""Find the products of one saved page.

    python -m catalog.extract PAGE --url URL [--content-type TYPE]      JSON lines on standard output, nothing for a page without products
"""

import argparse
import json
import sys
from pathlib import Path

from catalog.shops import extract


def main():
    parser = argparse.ArgumentParser(
        prog="python -m catalog.extract", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("page", type=Path)
    parser.add_argument("--url", required=True, help="where the page was found: relative addresses are completed with it")
    parser.add_argument("--content-type", default="", help="of the HTTP answer, when it is known")
    given = parser.parse_args()
    try:
        body = given.page.read_bytes()
    except OSError as error:
        sys.exit(f"{given.page} cannot be read: {error.strerror}. Give the path of a saved page.")
    for product in extract(body, given.url, given.content_type):
        print(json.dumps(product, ensure_ascii=False))


if __name__ == "__main__":
    main()
