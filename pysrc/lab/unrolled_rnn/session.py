"""The unrolled network at work: two clocks, the step in the sequence and the epoch of training."""

import time
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.kit.words import number
from lab.unrolled_rnn import figures
from lab.unrolled_rnn.declaration import DECLARATION
from lab.unrolled_rnn.formulas import formula
from lab.unrolled_rnn.lesson import RULES, TRAINED
from lab.unrolled_rnn.reading import Reading, read
from lab.unrolled_rnn.run import MOST_EPOCHS, Run

_NEW_NETWORK = ("sequence", "numbers", "length", "normalise", "hidden", "activation", "seed")
_HARMLESS = frozenset({"step", "unit", "example", "pace"})  # a preset's sentence stays true
_MOST_UNDO = 12
_SLOW_WAIT_MS = 60
_REPLAY_WAIT_MS = 40


def _follow(_before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    return accepted


class UnrolledRnn:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, _follow)
        self._run = Run(self._settings.values)
        self._undo: list[tuple[Settings, Run]] = []
        self._drag: tuple[str, ...] = ()
        self._running = ""
        self._said = ""
        self._looks_at = MOST_EPOCHS  # an epoch; anything from the newest on is the newest
        self._actions = {
            "first_step": lambda: self._go_to(1),
            "step_back": lambda: self._go_to(self._step - 1),
            "step_forward": lambda: self._go_to(self._step + 1),
            "train": self._train,
            "one_epoch": self._one_epoch,
            "replay": self._replay,
            "reset": self._reset,
            "randomise": self._randomise,
            "undo": self._go_back,
        }

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        before, after = self._settings, self._settings.changed_by(values)
        if "epoch" in values:
            self._look_back(int(after["epoch"]))
        self._settings = after.moved(epoch=0)  # which epoch is shown is no setting
        if "preset" in values or any(after[name] != before[name] for name in _NEW_NETWORK):
            self._start_anew(before, tuple(values))
        elif values.keys() & {"learning_rate", "clip", "clip_limit"}:
            self._run.adjust(after.values)

    def _look_back(self, epoch: int) -> None:
        if self._running == "replay":
            self._running = ""
        if self._running == "train" and epoch < self._run.epochs:
            self._pause()
        self._looks_at = epoch if epoch < self._run.epochs else MOST_EPOCHS

    def _start_anew(self, before: Settings, changed: tuple[str, ...] = ()) -> None:
        """Another network, and a way back to the one before. A drag is one step back."""
        if not changed or changed != self._drag or "preset" in changed:
            self._undo.append((before, self._run))
            del self._undo[:-_MOST_UNDO]
        self._drag = changed
        self._run = Run(self._settings.values)
        self._running = self._said = ""
        self._looks_at = MOST_EPOCHS

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._drag = ()
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Train for one slice of time, or show the next of the epochs that were kept."""
        if self._running == "replay":
            self._show_next()
            return
        until = time.perf_counter() + budget_ms / 1000.0
        while self._running:
            self._learn()
            if self._settings["pace"] == "slow" or time.perf_counter() >= until:
                break

    # The sequence's clock

    @property
    def _steps(self) -> int:
        return self._run.lesson.steps

    @property
    def _step(self) -> int:
        return min(int(self._settings["step"]), self._steps)

    def _go_to(self, step: int) -> None:
        self._settings = self._settings.moved(step=min(max(step, 1), self._steps))

    # Training's clock

    @property
    def _epoch(self) -> int:
        return self._run.view(self._looks_at).epoch

    def _train(self) -> None:
        if self._running == "train":
            self._pause()
            return
        self._begin_learning()
        self._running = "train"

    def _one_epoch(self) -> None:
        self._begin_learning()
        self._learn()
        self._running = ""

    def _begin_learning(self) -> None:
        """Training goes on from the newest weights, whichever are shown."""
        self._running = self._said = ""
        self._looks_at = MOST_EPOCHS
        self._run.begin()

    def _learn(self) -> None:
        if not self._run.learn():
            self._running = ""
            self._said = self._run.reason

    def _pause(self) -> None:
        self._running = ""
        self._said = f"Paused at epoch {self._run.epochs:,}."

    def _replay(self) -> None:
        if self._running == "replay":
            self._running = ""
            return
        if self._epoch >= self._run.epochs:
            self._looks_at = 0
        self._said = ""
        self._running = "replay"

    def _show_next(self) -> None:
        following = self._run.history.after(self._epoch)
        self._looks_at = MOST_EPOCHS if following is None else following
        if following is None:
            self._running = ""
            self._said = f"Replayed up to epoch {self._run.epochs:,}."

    # The network

    def _reset(self) -> None:
        self._start_anew(self._settings)
        self._said = "Back to the weights it started from."

    def _randomise(self) -> None:
        before = self._settings
        self._settings = before.moved(seed=(before["seed"] + 1) % 2**32)
        self._start_anew(before)
        self._said = f"New weights from seed {self._settings['seed']}."

    def _go_back(self) -> None:
        if not self._undo:
            return
        self._running = ""
        seen = {name: self._settings[name] for name in ("step", "unit")}
        settings, self._run = self._undo.pop()
        self._settings = settings.moved(**seen)
        self._run.adjust(self._settings.values)
        self._looks_at = MOST_EPOCHS
        left = len(self._undo)
        self._said = f"The network before is back; {left} more to undo." if left else "All undone."

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, run = self._settings, self._run
        view = run.view(self._looks_at)
        row = min(int(settings["unit"]), settings["hidden"] + 1)
        reading = read(
            run.lesson,
            view,
            example=settings["example"] if run.lesson.sequences > 1 else 1,
            activation=settings["activation"],
            step=self._step,
            row=row,
        )
        drawings = {
            "network": lambda: figures.network(reading),
            "hidden": lambda: figures.hidden(reading),
            "prediction": lambda: figures.prediction(reading),
            "losses": self._losses,
            "errors": lambda: figures.errors(reading),
        }
        return {
            "values": {**settings.values, "step": self._step, "unit": row, "epoch": view.epoch},
            "preset": settings.preset,
            "note": settings.note(_HARMLESS),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": self._steps,
            "running": self._running,
            "wait_ms": self._wait_ms(),
            "status": self._status(reading),
            "problem": run.reason if run.diverged else None,
            "said": self._said,
            "reaches": {"epoch": [0, max(run.epochs, 1)], "step": [1, self._steps]},
            "hints": self._hints(reading),
            "actions": self._buttons(),
            "readout": formula(reading),
            "figures": drawn(drawings, shown),
        }

    def _losses(self) -> dict[str, Any]:
        run, values = self._run, self._settings.values
        plain = values["normalise"] and values["activation"] == "tanh"
        known = plain and (values["sequence"], values["length"]) == ("sine", 20)
        newest = run.view(MOST_EPOCHS) if self._looks_at >= run.epochs else None
        x, y = run.curve.columns()
        loss = newest.loss if newest else float(y[-1])
        epochs = run.epochs if newest else int(x[-1]) if len(x) else 0
        return figures.losses(run.curve, epochs, loss, run.lesson.baseline, one_unit=known)

    def _wait_ms(self) -> int:
        if self._running == "replay":
            return _REPLAY_WAIT_MS
        return _SLOW_WAIT_MS if self._settings["pace"] == "slow" else 0

    def _status(self, reading: Reading) -> list[dict[str, str]]:
        done, shown = self._run.epochs, self._epoch
        words = "Paused" if done else "Untrained"
        if self._run.diverged:
            words = "Diverged"
        elif self._running:
            words = "Training" if self._running == "train" else "Replaying"
        epoch = f"{done:,}" if shown == done else f"{shown:,} of {done:,}"
        facts = {"State": words, "Epoch": epoch, "Loss": number(reading.loss)}
        if reading.unseen_loss is not None:
            facts["Loss, unseen"] = number(reading.unseen_loss)
        facts["Parameters"] = str(self._run.parameters)
        return [{"name": name, "value": value} for name, value in facts.items()]

    def _hints(self, reading: Reading) -> dict[str, str]:
        """The sequence in numbers; for a rule, whether the network has trained on it."""
        own = reading.own(reading.inputs)
        if self._settings["sequence"] not in RULES:
            last = reading.own(reading.targets)[-1]
            return {"sequence": ", ".join(_brief(value) for value in [*own, last])}
        asked = np.flatnonzero(np.isfinite(reading.targets))
        wanted = ", ".join(_brief(reading.targets[at]) for at in asked)
        known = "trained on" if self._settings["example"] <= TRAINED else "never seen in training"
        numbers = ", ".join(_brief(value) for value in own)
        return {"example": f"{known}: {numbers} → {wanted}"}

    def _buttons(self) -> dict[str, dict[str, Any]]:
        training, replaying = self._running == "train", self._running == "replay"
        return {
            "first_step": {"enabled": self._step > 1},
            "step_back": {"enabled": self._step > 1},
            "step_forward": {"enabled": self._step < self._steps},
            "train": {"enabled": True, "label": "Pause" if training else "Train"},
            "one_epoch": {"enabled": not training},
            "replay": {
                "enabled": self._run.epochs > 0 and not training,
                "label": "Stop replay" if replaying else "Replay",
            },
            "reset": {"enabled": True},
            "randomise": {"enabled": True},
            "undo": {"enabled": bool(self._undo)},
        }


def _brief(value: float) -> str:
    """A number in a list of many: whole, or with two decimals."""
    text = f"{value:,.0f}" if abs(value - round(value)) < 1e-9 else f"{value:.2f}"
    return text.replace("-", "−").replace("−0.00", "0.00")
