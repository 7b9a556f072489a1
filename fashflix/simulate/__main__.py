"""Let people who do not exist swipe, and write down which learner found what they like.

    python -m fashflix.simulate                                   the bundled shop, 200 people of each kind
    python -m fashflix.simulate --people 20 --learners ema kernel
    python -m fashflix.simulate --world FILE ... --json FILE      worlds that python -m training.taste prepared, too
"""

import argparse
import json
import sys
from pathlib import Path

from fashflix.catalogue import Catalogue
from fashflix.errors import FashFlixError
from fashflix.preference import LEARNERS
from fashflix.simulate.report import PEOPLE, study
from fashflix.simulate.study import CHANCE
from fashflix.simulate.world import of_catalogue, open_world

MOST = 3000     # products of a further world


def main():
    parser = argparse.ArgumentParser(prog="python -m fashflix.simulate", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE, help="of each kind of taste; half women, half men")
    parser.add_argument("--learners", nargs="+", default=[CHANCE, *LEARNERS], choices=[CHANCE, *LEARNERS], metavar="NAME")
    parser.add_argument("--world", type=Path, nargs="*", default=[], help="further worlds, as .npz files")
    parser.add_argument("--most", type=int, default=MOST, help="products of a further world")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write all figures there")
    given = parser.parse_args()
    try:
        worlds = [of_catalogue(Catalogue.open()), *(open_world(path, given.most) for path in given.world)]
        results, _ = study(worlds, given.learners, given.people, given.seed)
    except FashFlixError as error:
        sys.exit(str(error))
    for row in results["reach"]:
        print(f"{'met   ' if row['met'] else 'missed'}  {row['value']:7.3f} of {row['target']:6.3f}  {row['aim']} ({row['where']})")
    if given.json:
        given.json.write_text(json.dumps({"command": "python -m fashflix.simulate " + " ".join(sys.argv[1:])} | results, indent=1) + "\n")


if __name__ == "__main__":
    main()
