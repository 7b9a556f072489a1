"""Render the demo shop or a benchmark.

    python -m catalog.studio shop --out DIR             1,500 products with two photos each; goes on where it stopped
    python -m catalog.studio sheets DIR                 contact sheets of all front photos, to look at
    python -m catalog.studio benchmark --out DIR        photos and labels in DeepFashion In-Shop's file layout
    python -m catalog.build DIR/products.csv --out FOLDER       the shop as a catalogue

Needs requirements-studio.txt.
"""

import argparse
import json
import sys
from pathlib import Path

from catalog.studio.benchmark import ITEMS, SIZE, make_benchmark
from catalog.studio.sheets import write_sheets
from catalog.studio.shop import culled_share, make_shop
from fashflix.errors import FashFlixError


def main():
    parser = argparse.ArgumentParser(prog="python -m catalog.studio", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    shop = commands.add_parser("shop", help="render the demo shop")
    shop.add_argument("--items", type=int, default=1500)
    shop.add_argument("--seed", type=int, default=0)
    benchmark = commands.add_parser("benchmark", help="render a benchmark in In-Shop's layout")
    benchmark.add_argument("--items", type=int, default=ITEMS)
    benchmark.add_argument("--size", type=int, default=SIZE, help="height of the photos in pixels")
    benchmark.add_argument("--seed", type=int, default=1)
    for command in (shop, benchmark):
        command.add_argument("--out", type=Path, required=True)
        command.add_argument("--workers", type=int, default=2)
    sheets = commands.add_parser("sheets", help="contact sheets of a shop")
    sheets.add_argument("folder", type=Path)
    sheets.add_argument("--out", type=Path)
    sheets.add_argument("--by-category", action="store_true")
    given = parser.parse_args()
    try:
        print({"shop": _shop, "benchmark": _benchmark, "sheets": _sheets}[given.command](given))
    except FashFlixError as error:
        sys.exit(str(error))


def _shop(given):
    rows, faults = make_shop(given.out, given.items, given.seed, given.workers)
    listed = "".join(f"\n  {product_id}: {'; '.join(sentences)}" for product_id, sentences in sorted(faults.items()))
    share = culled_share(json.loads((given.out / "plan.json").read_text(encoding="utf-8")))
    return (f"{len(rows):,} products of {len({row['group_id'] for row in rows}):,} geometries in {given.out}; {len(faults)} did not pass the checks; "
            f"{share:.1%} of the first renders were culled.{listed}\n"
            f"Look at them: python -m catalog.studio sheets {given.out}")


def _benchmark(given):
    timing = make_benchmark(given.out, given.items, given.size, given.seed, given.workers)
    return f"{timing['photos']:,} photos of {timing['items']:,} items in {given.out}, {timing['photos_per_cpu_minute']:.0f} photos per CPU minute."


def _sheets(given):
    return "\n".join(map(str, write_sheets(given.folder, given.out, given.by_category)))


if __name__ == "__main__":
    main()
