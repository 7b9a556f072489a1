"""Render the demo shop or a benchmark.

    python -m catalog.studio shop --out DIR             the bundled demo shop: 1,500 products, two photos each; goes on where it stopped
    python -m catalog.studio shop --out DIR --items N --seed S      a new shop
    python -m catalog.studio keep DIR FILE              a shop's seeds, culls and rank in one file, for --plan
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
from catalog.studio.planning import DEMO, begin_from, culled_share, keep
from catalog.studio.shop import make_shop
from fashflix.errors import FashFlixError


def main():
    parser = argparse.ArgumentParser(prog="python -m catalog.studio", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    shop = commands.add_parser("shop", help="render the demo shop")
    shop.add_argument("--items", type=int, help="plan a new shop of so many products")
    shop.add_argument("--seed", type=int, default=0, help="of the new shop's plan")
    shop.add_argument("--plan", type=Path, default=DEMO, help="a kept plan to begin with; default: the bundled shop's")
    benchmark = commands.add_parser("benchmark", help="render a benchmark in In-Shop's layout")
    benchmark.add_argument("--items", type=int, default=ITEMS)
    benchmark.add_argument("--size", type=int, default=SIZE, help="height of the photos in pixels")
    benchmark.add_argument("--seed", type=int, default=1)
    for command in (shop, benchmark):
        command.add_argument("--out", type=Path, required=True)
        command.add_argument("--workers", type=int, default=2)
    kept = commands.add_parser("keep", help="write a shop's plan and rank into one file")
    kept.add_argument("folder", type=Path)
    kept.add_argument("file", type=Path)
    sheets = commands.add_parser("sheets", help="contact sheets of a shop")
    sheets.add_argument("folder", type=Path)
    sheets.add_argument("--out", type=Path)
    sheets.add_argument("--by-category", action="store_true")
    given = parser.parse_args()
    try:
        print({"shop": _shop, "benchmark": _benchmark, "sheets": _sheets, "keep": _keep}[given.command](given))
    except FashFlixError as error:
        sys.exit(str(error))


def _shop(given):
    items, seed = (given.items, given.seed) if given.items else begin_from(given.plan, given.out)
    rows, faults = make_shop(given.out, items, seed, given.workers)
    listed = "".join(f"\n  {product_id}: {'; '.join(sentences)}" for product_id, sentences in sorted(faults.items()))
    share = culled_share(json.loads((given.out / "plan.json").read_text(encoding="utf-8")))
    return (f"{len(rows):,} products of {len({row['group_id'] for row in rows}):,} geometries in {given.out}; "
            f"{len(faults)} did not pass the checks; {share:.1%} of the first renders were culled.{listed}\n"
            f"Look at them: python -m catalog.studio sheets {given.out}")


def _benchmark(given):
    timing = make_benchmark(given.out, given.items, given.size, given.seed, given.workers)
    listed = "".join(f"\n  from {item}: {'; '.join(sentences)}" for item, sentences in timing["faults"].items())
    return (f"{timing['photos']:,} photos of {timing['items']:,} items in {given.out}, "
            f"{timing['photos_per_cpu_minute']:.0f} photos per CPU minute; "
            f"{len(timing['faults'])} geometries did not pass the checks.{listed}")


def _keep(given):
    keep(given.folder, given.file)
    return f"Wrote {given.file}. The same shop again: python -m catalog.studio shop --out DIR --plan {given.file}"


def _sheets(given):
    return "\n".join(map(str, write_sheets(given.folder, given.out, given.by_category)))


if __name__ == "__main__":
    main()
