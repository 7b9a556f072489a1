"""The whole experiment: worlds x tastes x learners, every learner swiping as the same people."""

from dataclasses import dataclass

import numpy as np

from fashflix.confidence import EVIDENCE, Confidence
from fashflix.index import Index
from fashflix.preference import LEARNERS
from fashflix.recommend import Recommender
from fashflix.simulate.figures import calibration_error, summary
from fashflix.simulate.persona import draw_persona
from fashflix.simulate.session import Chance, Chosen, play

BASELINE, DEFAULT, CHANCE = "ema", "kernel", "chance"
CELLS = (("words", 1, False), ("words", 3, False), ("look", 1, False), ("look", 3, False), ("occasion", 1, False), ("occasion", 3, False),
         ("words", 1, True), ("words", 3, True))      # kind of taste, how many, whether one of them turns into another


@dataclass(frozen=True)
class Cell:
    """What one group of people came to. results: learner -> figure -> float (people,). women: bool (people,). lists: learner -> list of
    (evidence (m, e), liked bool (m,)) of the lists of each person. base: share of the products they look at that they like."""

    world: str
    kind: str
    tastes: int
    drifts: bool
    base: float
    women: np.ndarray
    results: dict
    lists: dict

    @property
    def name(self):
        return f"{self.world}: {self.tastes} by {self.kind}" + (", drifting" if self.drifts else "")


def cells(worlds, learners, people, seed=0, only=CELLS):
    """Play them one after the other. worlds: list of World. learners: names, of LEARNERS or CHANCE. people: of each cell. Yields Cell."""
    for world in worlds:
        shows = {name: _shows(world, name) for name in learners}
        for kind, tastes, drifts in only:
            if kind in world.kinds:
                rng = np.random.default_rng([seed, CELLS.index((kind, tastes, drifts))])
                personas = [draw_persona(world, kind, tastes, drifts, ("women", "men")[place % 2], rng) for place in range(people)]
                yield _cell(world, kind, tastes, drifts, personas, shows)


def _shows(world, name):
    if name == CHANCE:
        return Chance(world.catalogue)
    return Chosen(Recommender(world.catalogue, Index(world.catalogue.vectors), LEARNERS[name]))


def _cell(world, kind, tastes, drifts, personas, shows):
    results, lists = {}, {}
    for name, shown in shows.items():
        kept = [[] for _ in personas]
        played = [play(world, persona, shown, place, kept[place].append) for place, persona in enumerate(personas)]
        results[name] = {figure: np.array([one.get(figure, np.nan) for one in played], float) for figure in played[0]}
        lists[name] = kept
    base = float(np.mean([persona.likes_at(0)[persona.allowed].mean() for persona in personas]))
    women = np.array([persona.gender == "women" for persona in personas])
    return Cell(world.name, kind, tastes, drifts, base, women, results, lists)


def table(cell):
    """A cell's figures as a dict for JSON: learner -> figure -> summary."""
    return {"world": cell.world, "kind": cell.kind, "tastes": cell.tastes, "drifts": cell.drifts, "people": len(cell.women),
            "share liked": round(cell.base, 4),
            "learners": {name: {figure: summary(values, cell.results.get(BASELINE, figures)[figure], cell.women)
                                for figure, values in figures.items()} for name, figures in cell.results.items()}}


def confidence(played):
    """How sure each learner may be: fitted on every other person and checked on the rest. played: list of Cell.

    Returns (dict for fashflix.confidence.FILE, dict learner -> error (how far the share of a list that is liked lies from the expected share,
    on average) and bins of (expected share, share liked, lists)).
    """
    weights, checks = {}, {}
    for name in played[0].lists:
        if name == CHANCE:
            continue
        fit, check = ([one for cell in played for place, kept in enumerate(cell.lists[name]) if place // 2 % 2 == side for one in kept]
                      for side in (0, 1))           # women and men take turns
        sure = Confidence.fit(np.concatenate([seen for seen, _ in fit]), np.concatenate([liked for _, liked in fit]))
        sizable = [one for one in check if len(one[1])]
        error, bins = calibration_error([sure.chances(seen).mean() for seen, _ in sizable], [liked.mean() for _, liked in sizable])
        weights[name] = [round(float(weight), 4) for weight in sure.weights]
        checks[name] = {"error": round(error, 4), "bins": [[round(said, 3), round(was, 3), count] for said, was, count in bins]}
    return {"evidence": list(EVIDENCE), "weights": weights}, checks
