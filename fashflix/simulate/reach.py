"""What the default learner is meant to reach, beside what it reached."""

from fashflix.simulate.session import LOOKS
from fashflix.simulate.study import BASELINE, CHANCE, DEFAULT

GAIN_AT_30 = {1: 0.12, 3: 0.15}     # tastes -> precision@10 above the baseline's
LEAST_AT_10 = -0.02
MOST_DISLIKES = 0.5                 # of the baseline's
MOST_ERROR = 0.05


def reached(table, checks):
    """Compare.

    table: list of study.table dicts. checks: of study.confidence. Returns list of dict: aim, where, value, low, high (its interval, or
    None), target, met (bool: the value itself reaches the target).
    """
    rows = [row for cell in table if {BASELINE, DEFAULT} <= set(cell["learners"]) for row in _cell(cell)]
    return rows + [_row("expected calibration error, at most", name, check["error"], MOST_ERROR, False)
                   for name, check in checks.items() if name == DEFAULT]


def _cell(cell):
    learner, baseline, chance = (cell["learners"].get(name) for name in (DEFAULT, BASELINE, CHANCE))
    where = f"{cell['world']}: {cell['tastes']} by {cell['kind']}" + (", drifting" if cell["drifts"] else "")
    for swipes in LOOKS[1:]:
        target = LEAST_AT_10 if swipes == 10 else GAIN_AT_30[cell["tastes"]] if swipes == 30 and not cell["drifts"] else 0.0
        yield _gain(f"precision@10 after {swipes}", where, learner, target)
    figure = "dislikes shown after the first ten"
    yield _row("dislikes shown after the first ten, as a share of the baseline's, at most", where,
               learner[figure]["mean"] / max(baseline[figure]["mean"], 1e-9), MOST_DISLIKES, False)
    if chance:
        figure = "tastes covered after 30"
        yield _row("tastes covered after 30 swipes, at least chance's", where, learner[figure]["mean"], chance[figure]["mean"], True)


def _gain(figure, where, learner, target):
    its = learner[figure]
    row = _row(f"{figure} swipes, less the baseline's, at least", where, its["gain"], target, True)
    return row | {"low": its["gain_low"], "high": its["gain_high"]}


def _row(aim, where, value, target, at_least):
    met = value >= target if at_least else value <= target
    return {"aim": aim, "where": where, "value": round(value, 4), "low": None, "high": None, "target": round(target, 4), "met": bool(met)}
