"""The laboratory of single units at work: what each button does, and what the page then sees.

Everything follows from the values of the controls: a text that the network writes from the model,
the temperature and the seed, one of the reader's own from what was typed. `unit` 0 stands for the
unit that tracks best.
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from lab.cell_colours import view
from lab.cell_colours.declaration import DECLARATION, SAMPLED
from lab.cell_colours.tracking import correlations, tracked
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.models import LABELS, NEW_LINE, Shelf, readable, well_formed
from lab.kit.text.record import Record, read
from lab.kit.text.settings import Settings
from lab.kit.text.writing import Start, Writer
from lab.kit.words import number
from rnn.arrays import Array
from rnn.text.char_model import CharModel
from rnn.text.sampling import Choice

_OWN_STATE = frozenset({"step", "unit", "seed", "temperature"})  # a preset's note stays true
_CODE = "python-lstm"


def follow(before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """Looking for something else, or in another network, begins with the unit that does it best."""
    if "unit" in accepted:
        return accepted
    if any(accepted.get(name, before[name]) != before[name] for name in ("track", "model")):
        return {**accepted, "unit": 0}
    return accepted


class CellColours:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        well_formed("own_text", self._settings["own_text"])
        self._shelf = Shelf()
        self._read: tuple[tuple[object, ...], Record, str, int, Array] | None = None
        self._seen: view.Seen | None = None
        self._said = self._problem = ""
        self._actions = {"sample": self._sample, "best": self._best, "next_best": self._next_best}

    def give(self, name: str, data: bytes) -> None:
        """Take a model; raise CheckpointError if it is none."""
        self._shelf.put(name, data)
        self._look()

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        after = self._settings.changed_by(values)
        well_formed("own_text", after["own_text"])
        if "own_text" in values and not after["own_text"]:
            raise ControlError("own_text must hold at least 1 character; it is empty")
        model = self._shelf.get(after["model"])
        if model and after["source"] == "own" and "own_text" in values:
            readable("own_text", after["own_text"], after["model"], model)
        if model and "unit" in values:
            self._check_unit(after["unit"], model)
        if "preset" in values:
            self._said = ""
        self._settings = after
        self._look()

    def _check_unit(self, unit: int, model: CharModel) -> None:
        most = model.hidden * model.layers
        if unit > most:
            raise ControlError(f"unit must be at most {most}, so many has this model; got {unit}")

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        if self._wants:
            raise ControlError(f"the model {self._wants} has not arrived yet")
        self._actions[action]()
        self._look()

    def advance(self, budget_ms: float) -> None:
        """Nothing here takes longer than a slice."""

    @property
    def _wants(self) -> str | None:
        name = self._settings["model"]
        return None if self._shelf.get(name) else name

    # Reading

    def _look(self) -> None:
        """Read the text, if it is another, and rank the units."""
        settings = self._settings
        model = self._shelf.get(settings["model"])
        if model is None:
            return  # until it arrives, what was read by another stays to be seen
        try:
            record, text, seed_length, chances = self._reading(model)
            self._check_unit(settings["unit"], model)
        except ValueError as error:  # the reader's text does not suit this model, or its weights
            self._seen, self._problem = None, str(error)
            return
        self._problem = ""
        track = tracked(settings["track"], text)
        r = correlations(record.units[: record.count], track)
        self._seen = view.Seen(
            record,
            text,
            seed_length,
            chances,
            settings["track"],
            track,
            r,
            view.ranking_of(r, track),
        )

    def _reading(self, model: CharModel) -> tuple[Record, str, int, Array]:
        settings = self._settings
        own = settings["source"] == "own"
        source = ("own_text",) if own else ("temperature", "seed")
        key = (model, *(settings[name] for name in source), own)
        if not self._read or self._read[0] != key:
            self._read = (key, *(self._own(model) if own else self._written(model)))
        return self._read[1:]

    def _own(self, model: CharModel) -> tuple[Record, str, int, Array]:
        text = readable("own_text", self._settings["own_text"], self._settings["model"], model)
        record, _ = read(model, text)
        if not np.isfinite(record.units).all():
            raise ValueError("the model's units must be finite; its weights have diverged")
        return record, text, 0, np.exp(-record.nats())

    def _written(self, model: CharModel) -> tuple[Record, str, int, Array]:
        characters = model.vocabulary.characters
        start = Start(model, NEW_LINE if NEW_LINE in characters else characters[0])
        choice = Choice(self._settings["temperature"])
        writer = Writer(start, choice, self._settings["seed"])
        for _ in range(SAMPLED):
            writer.write()
        return writer.record, writer.text, writer.seed_length, writer.chances

    # Buttons

    def _sample(self) -> None:
        seed = (self._settings["seed"] + 1) % 2**32
        self._settings = self._settings.moved(source="sampled", seed=seed)
        self._said = f"Another text, from seed {seed}."

    def _best(self) -> None:
        self._choose(0)

    def _next_best(self) -> None:
        ranking = self._seen.ranking.tolist() if self._seen else []
        self._choose((ranking.index(self._unit) + 1) % len(ranking) if ranking else 0)

    def _choose(self, rank: int) -> None:
        seen = self._seen
        if seen is None or not len(seen.ranking):
            raise ControlError(self._problem or "there is nothing to rank in this text")
        unit = int(seen.ranking[rank])
        self._settings = self._settings.moved(unit=unit)
        r = number(float(seen.r[unit - 1]))
        self._said = f"Number {rank + 1} of the ranking: {seen.unit_name(unit)}, correlation {r}."

    # What the page sees

    @property
    def _unit(self) -> int:
        """The unit shown: the one set, or the best."""
        return self._settings["unit"] or (self._seen.best if self._seen else 1)

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, seen = self._settings, self._seen
        steps = seen.record.count if seen else 0
        place = min(max(settings["step"], 1), steps)
        return {
            "values": {**settings.values, "step": place, "unit": self._unit},
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "wants": self._wants,
            "steps": steps,
            "running": "",
            "wait_ms": 0,
            "status": self._status(),
            "problem": self._problem or None,
            "said": self._said,
            "actions": self._buttons(),
            "readout": view.readout(seen, self._unit, place),
            "figures": drawn(self._drawings(place), shown),
        }

    def _drawings(self, place: int) -> Any:
        seen, unit = self._seen, self._unit
        if seen is None:
            figures = view.empty("There is no text yet.")
            return {name: lambda name=name: figures[name] for name in figures}
        face = "mono" if self._settings["model"] == _CODE else "serif"
        return {
            "text": lambda: view.text(seen, unit, place, face),
            "ranking": lambda: view.ranking(seen),
            "heatmap": lambda: view.heatmap(seen, unit, place),
        }

    def _status(self) -> list[dict[str, str]]:
        seen = self._seen
        words = f"Waiting for {LABELS[self._wants]}" if self._wants else "Read"
        if seen is None:
            return [{"name": "State", "value": words if self._wants else "No text"}]
        ranking = seen.ranking.tolist()
        rank = f"{ranking.index(self._unit) + 1} of {len(ranking)}" if ranking else "–"
        return [
            {"name": "State", "value": words},
            {"name": "Characters", "value": f"{seen.record.count:,}"},
            {"name": "Rank of this unit", "value": rank},
            {"name": "Correlation", "value": number(float(seen.r[self._unit - 1]))},
        ]

    def _buttons(self) -> dict[str, dict[str, Any]]:
        arrived = self._wants is None
        ranks = arrived and self._seen is not None and len(self._seen.ranking) > 0
        return {
            "sample": {"enabled": arrived},
            "best": {"enabled": ranks},
            "next_best": {"enabled": ranks},
        }
