"""The figures of the race, as plain data with a sentence and a table each."""

from typing import Any

import numpy as np

from lab.kit.curve import Curve
from lab.kit.words import number
from lab.memory_race import problems
from lab.memory_race.race import REACHES, Entrant, Race

MOST_WITH_SIGNS = 60  # longer sequences have no room for their letters


def percent(share: float) -> str:
    """A share in words: 31.2 %."""
    return f"{number(100.0 * share)} %"


def losses(race: Race, budget: int) -> dict[str, Any]:
    """The three curves of the held-out loss, and what guessing gets."""
    series = []
    tables: list[dict[str, Any]] = [_standings(race)] if race.steps else []
    for entrant in race.entrants:
        x, y = (entrant.curve if race.steps else Curve()).columns()
        series.append({"name": entrant.name, "style": entrant.kind, "x": x, "y": y})
        if race.steps:
            tables.append({"columns": [f"{entrant.name}: step", "held-out loss"], "data": [x, y]})
    task = race.task
    guess = problems.PROBLEMS[task.name].guess
    references = [{"name": f"{guess}: {number(task.baseline)}", "y": task.baseline}]
    least = problems.floor(task)
    if least is not None:
        references.append({"name": f"the best possible: {number(least)}", "y": least})
    unit = "mean squared error" if task.scored_by == "squares" else "nats an answer"
    return {
        "series": series,
        "references": references,
        "x_label": "training steps of each",
        "y_label": "held-out loss",
        "x_last": max(budget, race.steps),
        "y_low": None if least is not None else task.baseline / 100.0,
        "y_scale": "linear" if least is not None else "log",
        "empty": "Press Train: the three losses are drawn here.",
        "heading": f"Held-out loss: {unit}",
        "summary": _losses_told(race),
        "tables": tables,
    }


def _losses_told(race: Race) -> str:
    guess = f"Guessing ({problems.PROBLEMS[race.task.name].guess}) costs"
    if not race.steps:
        return f"Nothing is learned yet. {guess} {number(race.task.baseline)}."
    told = ", ".join(f"{each.name} {number(float(each.losses.mean()))}" for each in race.entrants)
    here = number(float(race.guess.mean()))
    return f"Loss after {race.steps:,} steps: {told}. {guess} {here} on these sequences."


def _standings(race: Race) -> dict[str, Any]:
    entrants = race.entrants
    columns = {
        "units": [float(entrant.hidden) for entrant in entrants],
        "parameters": [float(entrant.parameters) for entrant in entrants],
        "held-out loss": [float(entrant.losses.mean()) for entrant in entrants],
        "milliseconds a step": [
            1e3 * entrant.trainer.seconds / max(race.steps, 1) for entrant in entrants
        ],
    }
    shares = [entrant.right for entrant in entrants]
    if None not in shares:
        columns["share right"] = [float(share or 0.0) for share in shares]
    return {
        "rows": [entrant.name for entrant in entrants],
        "columns": list(columns),
        "data": [np.array(column) for column in columns.values()],
    }


def reach(race: Race) -> dict[str, Any]:
    """What is left of a change of the state, from each step to the last."""
    measured = [(entrant, entrant.reach) for entrant in race.entrants if entrant.reach is not None]
    told = ", ".join(f"{entrant.name} {at.steps:,}" for entrant, at in measured)
    when = measured[0][1].at if measured else 0
    steps = np.arange(1.0, race.task.steps + 1.0)
    columns = {entrant.name: at.norms for entrant, at in measured}
    after = f"After {when:,} training steps" if when else "Before any training"
    return {
        "series": [
            {
                "name": entrant.name,
                "style": entrant.kind,
                "mark": "line",
                "values": columns[entrant.name],
            }
            for entrant, _ in measured
        ],
        "references": [{"name": "a thousandth is left", "value": REACHES}],
        "start": 1,
        "base": None,
        "x_label": "step of the sequence",
        "y_label": "norm of the product",
        "summary": f"{after} more than a thousandth of a gradient is left this many steps back, "
        f"of {race.task.steps - 1:,}: {told}.",
        "tables": [
            {"columns": ["step", *columns], "data": [steps, *columns.values()]},
        ],
    }


def example(race: Race, step: int) -> dict[str, Any]:
    """The first held-out sequence, and what each of the three answers on its way."""
    task, batch = race.task, race.held_out
    signs = problems.letters(task, batch)
    read = _rows_read(race) if signs is None else {}
    answered = {entrant.name: entrant.answers
                for entrant in race.entrants}  # fmt: skip
    rows = {**read, **answered}
    values = np.round(np.stack(list(rows.values())), 4)
    names = [
        f"{at}" if signs is None else f"{at} {signs[at - 1]}" for at in range(1, task.steps + 1)
    ]
    return {
        "values": values,
        "rows": list(rows),
        "columns": None,
        "letters": signs if signs is not None and task.steps <= MOST_WITH_SIGNS else None,
        "groups": [len(read)] if read else [],
        "reach": 2.0 if task.name == "adding" else 1.0,  # a sum goes up to 2
        "dense": True,
        "unsigned": task.scored_by == "classes",
        "summary": _told(race.entrants, race, step),
        "tables": [
            {
                "rows": list(rows),
                "columns": names,
                "data": [np.ascontiguousarray(column) for column in values.T],
            }
        ],
    }


def _rows_read(race: Race) -> dict[str, Any]:
    """The numbers that a network reads."""
    inputs = race.held_out.inputs[:, 0]
    names = ["value", "marker"][: inputs.shape[1]]
    return {name: inputs[:, at] for at, name in enumerate(names)}


def _told(entrants: list[Entrant], race: Race, step: int) -> str:
    task, targets = race.task, race.held_out.targets
    if task.scored_by == "squares":
        right = number(float(targets[-1, 0, 0]))
        told = ", ".join(
            f"the {entrant.name} {number(float(entrant.answers[-1]))}" for entrant in entrants
        )
        return f"{task.asks} Right is {right}; after the last step answer {told}."
    told = ", ".join(
        f"the {entrant.name} {percent(float(entrant.answers[step - 1]))}" for entrant in entrants
    )
    return f"{task.asks} To the right answer at step {step} give {told}."
