"""The sampler at work: what each button does, and what the page then sees.

Nothing on the screen was written under other settings than those shown. When the model, the seed
text, the temperature or any other part of the choice changes, also while it is writing, the text is
written anew from the seed text, up to where it was, with the same random numbers; then writing goes
on. So a state is no more than the values of the controls and `written`, how many characters there
are: the same values, the same text, and an address need not hold it.
"""

import time
from collections.abc import Collection, Mapping
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.labels import quoted
from lab.kit.text.models import LABELS, Shelf, readable, well_formed
from lab.kit.text.settings import Settings
from lab.kit.text.writing import MOST, Start, Writer
from lab.kit.words import number
from lab.text_sampler import view
from lab.text_sampler.declaration import DECLARATION, SEED_TEXT, SEED_TEXTS, THE_END
from lab.text_sampler.readout import readout
from rnn.text.sampling import Choice

_AT_ONCE_SECONDS = 0.02  # of a text written anew, before the first answer
_SLOW_WAIT_MS = 25
_FRAME_MS = 100  # at full speed: to draw the page more often would take the time to write
_OWN_STATE = frozenset({"step", "written", "length", "pace", "seed"})  # a preset's note stays true


def follow(before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """A new model brings its own seed text; a text that was complete stays complete."""
    after = dict(accepted)
    own = before["seed_text"] != SEED_TEXTS.get(before["model"], SEED_TEXT)
    if "model" in accepted and "seed_text" not in accepted and not own:
        after["seed_text"] = SEED_TEXTS.get(accepted["model"], SEED_TEXT)
    if "length" in accepted and "written" not in accepted:
        complete = before["written"] >= before["length"]
        after["written"] = (
            accepted["length"] if complete else min(before["written"], accepted["length"])
        )
    return after


def _choice(settings: Settings, temperature: str) -> Choice:
    method = settings["method"]
    return Choice(
        settings[temperature],
        settings["top_k"] if method == "top-k" else None,
        settings["top_p"] if method == "top-p" else None,
        greedy=method == "greedy",
    )


class TextSampler:
    """One reader's sampler; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        well_formed("seed_text", self._settings["seed_text"])
        self._shelf = Shelf()
        self._start: Start | None = None
        self._writers: list[Writer] = []
        self._written_by = ""  # the model whose text is shown
        self._running = ""  # "write", or "" even while a changed text is being written anew
        self._asked = False  # to write, by a reader whose model has not arrived
        self._said = self._problem = ""
        self._speed = 0.0  # characters a second
        self._actions = {"sample": self._sample, "step": self._step, "clear": self._clear}

    def give(self, name: str, data: bytes) -> None:
        """Take a model; raise CheckpointError if it is none."""
        self._shelf.put(name, data)
        self._prepare()
        self._write_anew(None)
        asked, self._asked = self._asked, False
        if asked and self._writers:
            self._sample()

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        after = self._settings.changed_by(values)
        well_formed("seed_text", after["seed_text"])
        model = self._shelf.get(after["model"])
        if model and "seed_text" in values:
            readable("seed_text", after["seed_text"], after["model"], model)
        if after["model"] != self._settings["model"]:
            self._asked = False
        if "preset" in values:
            self._running = self._said = ""
        self._settings = after
        self._prepare()
        if self._steps and after["step"] >= self._whole:  # at the end, and so at any later one
            self._settings = after.moved(step=THE_END)
        self._write_anew(time.perf_counter() + _AT_ONCE_SECONDS)

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        if self._wants and action == "sample":  # a link may choose a model and press at once
            self._asked = True
            self._said = f"Writing begins when {LABELS[self._wants]} is here."
            return
        if self._wants:
            raise ControlError(f"the model {self._wants} has not arrived yet")
        if not self._writers:
            raise ControlError(self._problem or "there is nothing to write with yet")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Write for one slice of time: at full speed as much as fits, else one character."""
        began = time.perf_counter()
        until = began + budget_ms / 1000.0
        self._write_anew(until)
        if not self._running or not self._writers or self._behind:
            return
        slow, target = self._settings["pace"] == "slow", self._settings["length"]
        before = now = self._writers[0].count
        while now < target:
            for writer in self._writers:
                writer.write()
            now += 1
            if slow or time.perf_counter() >= until:
                break
        if now - before > 1:
            self._speed = (now - before) / (time.perf_counter() - began)
        self._settings = self._settings.moved(written=max(now, self._settings["written"]))
        if now >= target:
            self._running = ""
            self._said = f"Wrote {now:,} characters, perplexity {self._perplexity}."

    # The text

    @property
    def _wants(self) -> str | None:
        name = self._settings["model"]
        return None if self._shelf.get(name) else name

    def _prepare(self) -> None:
        """Keep the writers that still do what is set; begin anew where they do not."""
        settings = self._settings
        model = self._shelf.get(settings["model"])
        if model is None:
            self._running = ""
            return  # until it arrives, what was written by another stays to be read
        try:
            text = readable("seed_text", settings["seed_text"], settings["model"], model)
            if not self._start or (self._start.model, self._start.text) != (model, text):
                self._start, self._writers = Start(model, text), []
            kept, self._writers = self._writers, []
            for at, temperature in enumerate(self._temperatures):
                choice = _choice(settings, temperature)
                writer = kept[at] if at < len(kept) else None
                if writer is None or not self._suits(writer, choice):
                    writer = Writer(self._start, choice, settings["seed"])
                self._writers.append(writer)
        except ValueError as error:  # the reader's text does not suit this model, or its weights
            self._start, self._writers, self._running = None, [], ""
            self._problem = str(error)
            return
        self._problem, self._written_by = "", settings["model"]

    def _suits(self, writer: Writer, choice: Choice) -> bool:
        settings = self._settings
        same = (writer.choice, writer.seed) == (choice, settings["seed"])
        return same and writer.count <= settings["written"]

    @property
    def _temperatures(self) -> list[str]:
        return ["temperature", "temperature_2"] if self._settings["compare"] else ["temperature"]

    @property
    def _behind(self) -> bool:
        """True while a text is not yet as long as the settings say."""
        written = self._settings["written"]
        return not self._wants and any(writer.count < written for writer in self._writers)

    def _write_anew(self, until: float | None) -> None:
        """Write what the settings say is written, or as much of it as there is time for."""
        if self._wants:
            return
        for _ in range(self._settings["written"]):
            behind = [w for w in self._writers if w.count < self._settings["written"]]
            for writer in behind:
                writer.write()
            if not behind or (until is not None and time.perf_counter() >= until):
                break

    # Buttons

    def _sample(self) -> None:
        if self._running:
            self._running = ""
            self._said = f"Paused after {self._writers[0].count:,} characters."
            return
        settings, self._said = self._settings, ""
        if settings["written"] >= settings["length"]:
            self._settings = settings.moved(seed=(settings["seed"] + 1) % 2**32, written=0)
            self._settings = self._settings.moved(step=THE_END)
            self._prepare()
        self._running = "write"

    def _step(self) -> None:
        self._running = ""
        self._write_anew(None)
        written = self._settings["written"] + 1
        if written > MOST:
            raise ControlError(f"the text is {MOST:,} characters long, the most it can be")
        self._settings = self._settings.moved(written=written, step=THE_END)
        self._write_anew(None)
        self._said = view.at_cursor(self._writers[0], self._steps)

    def _clear(self) -> None:
        self._running = ""
        self._settings = self._settings.moved(written=0, step=THE_END)
        self._prepare()
        self._said = f"Back to the seed text, from which {quoted(self._start_text[-1])} is read."

    @property
    def _start_text(self) -> str:
        return self._start.text if self._start else " "

    # What the page sees

    @property
    def _steps(self) -> int:
        return min((writer.record.count for writer in self._writers), default=0)

    @property
    def _whole(self) -> int:
        """How many places there are once all is written that the settings say."""
        seed_lengths = [writer.seed_length for writer in self._writers]
        return int(max(seed_lengths, default=0) + self._settings["written"])

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, place = self._settings, min(max(self._settings["step"], 1), self._steps)
        first = self._writers[0] if self._writers else None
        drawings = {
            "text": lambda: view.text(first, self._written_by, place),
            "choices": lambda: view.choices(first, place),
            "strip": lambda: view.strip(first, place),
            "perplexity": lambda: view.perplexity(self._writers),
            "units": lambda: view.units(first, place),
        }
        if len(self._writers) > 1:
            drawings["text_2"] = lambda: view.text(self._writers[1], self._written_by, place)
        running = self._running or ("anew" if self._behind else "")
        slow = settings["pace"] == "slow" and running == "write" and not self._behind
        return {
            "values": {**settings.values, "step": place},
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "wants": self._wants,
            "steps": self._steps,
            "running": running,
            "wait_ms": _SLOW_WAIT_MS if slow else 0,
            "frame_ms": _FRAME_MS,
            "status": self._status(),
            "problem": self._problem or None,
            "said": self._said,
            "actions": self._buttons(),
            "readout": readout(first, place),
            "figures": drawn(drawings, shown),
        }

    @property
    def _perplexity(self) -> str:
        if not self._writers or self._steps < 2:
            return "–"
        return " and ".join(number(writer.record.perplexity()) for writer in self._writers)

    def _status(self) -> list[dict[str, str]]:
        settings = self._settings
        if self._wants:
            words = f"Waiting for {LABELS[self._wants]}"
        elif not self._writers:
            words = "Nothing to write with"
        elif self._running:
            words = "Writing"
        else:
            words = "Paused" if settings["written"] < settings["length"] else "Finished"
        count = self._writers[0].count if self._writers else 0
        facts = [
            {"name": "State", "value": words},
            {"name": "Written", "value": f"{count:,} of {max(count, settings['length']):,}"},
            {"name": "Perplexity", "value": self._perplexity},
        ]
        if self._speed and settings["pace"] == "full":
            facts.append({"name": "Speed", "value": f"{number(self._speed)} characters/s"})
        return facts

    def _buttons(self) -> dict[str, dict[str, Any]]:
        settings = self._settings
        works = bool(self._writers) and not self._wants
        sample = "Sample" if settings["written"] >= settings["length"] else "Write on"
        if not settings["written"]:
            sample = "Sample"
        return {
            "sample": {"enabled": works, "label": "Pause" if self._running else sample},
            "step": {"enabled": works and settings["written"] < MOST},
            "clear": {"enabled": works and settings["written"] > 0},
        }
