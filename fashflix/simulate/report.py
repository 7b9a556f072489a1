"""All cells of some worlds, as figures for a file and as text for a person."""

from fashflix.preference import LEARNERS
from fashflix.simulate.reach import reached
from fashflix.simulate.session import LOOKS
from fashflix.simulate.study import CHANCE, cells, confidence, table

PEOPLE = 200


def study(worlds, learners=(CHANCE, *LEARNERS), people=PEOPLE, seed=0, say=print):
    """Play all cells of some worlds. Returns (results for JSON, what fashflix.confidence.FILE holds). say: told each cell as it is done."""
    played, tables = [], []
    for cell in cells(worlds, learners, people, seed):
        played.append(cell)
        tables.append(table(cell))
        say(in_words(tables[-1]))
    weights, checks = confidence(played)
    return {"people of each cell": people, "seed": seed,
            "products": {world.name: len(world.catalogue) for world in worlds},
            "reach": reached(tables, checks), "confidence": checks, "cells": tables}, weights


def in_words(cell):
    """A cell's table as text."""
    lines = [f"{cell['world']}: {cell['tastes']} by {cell['kind']}{', drifting' if cell['drifts'] else ''} "
             f"({cell['people']} people who like {cell['share liked']:.0%})",
             " " * 12 + "precision@10 after " + " ".join(f"{swipes:5}" for swipes in LOOKS) + "   likes/30  dislikes  covered"]
    for name, figures in cell["learners"].items():
        numbers = [figures[f"precision@10 after {swipes}"]["mean"] for swipes in LOOKS]
        lines.append(f"  {name:28} " + " ".join(f"{number:5.3f}" for number in numbers) + f"   {figures['likes among 30 cards']['mean']:8.1f}"
                     f"  {figures['dislikes shown']['mean']:8.1f}  {figures['tastes covered after 30']['mean']:7.2f}")
    return "\n".join(lines)
