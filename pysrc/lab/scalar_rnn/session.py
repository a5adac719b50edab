"""The one-unit laboratory at work: what each button does, and what the page then sees."""

import time
from collections.abc import Collection, Mapping
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.words import number
from lab.scalar_rnn import figures
from lab.scalar_rnn.declaration import DECLARATION, HIGH, LOW
from lab.scalar_rnn.reading import read, read_back
from lab.scalar_rnn.run import GradientDescent, RandomSearch, verdict
from lab.scalar_rnn.state import State
from rnn.one_unit import Weights

_LEAST_BUDGET = 3_000  # function evaluations a random search gets when BPTT has used fewer
_MOST_EPOCHS = 200_000
_SOLVED = 1e-12
_SLOW_WAIT_MS = 60
_NEW_PROBLEM = {"sequence", "numbers", "length", "normalise", "activation", "seed"}
_OWN_STATE = {*Weights._fields, "step", "pace"}  # a preset's sentence stays true
_DRAGGED = {*Weights._fields, "seed"}


class ScalarRnn:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._said = ""
        self._state = State(options)
        self._forget_runs()
        self._actions = {
            "first_step": lambda: self._go_to(1),
            "step_back": lambda: self._go_to(self._step - 1),
            "step_forward": lambda: self._go_to(self._step + 1),
            "train": self._train,
            "search": self._search,
            "use_best_guess": self._use_best_guess,
            "restore": self._restore,
            "reset_weights": self._reset_weights,
            "randomise": self._randomise,
            "undo": self._undo,
        }

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        before = self._state.weights
        rest = {name: value for name, value in values.items() if name != "preset"}
        DECLARATION.accept(rest)
        if "preset" in values:
            preset = DECLARATION.preset(values["preset"])
            self._state.load(preset.name)
            self._forget_runs()
        if self._state.update(rest) & _NEW_PROBLEM:
            self._forget_runs()
        if self._running == "train" and self._state.values["pace"] == "one":
            self._pause()
        if self._state.weights != before:
            drag = " ".join(values) if _DRAGGED.issuperset(values) else ""
            self._state.remember(before, drag)

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Work for one slice of time: as many epochs or guesses as fit."""
        until = time.perf_counter() + budget_ms / 1000.0
        slow = self._running == "train" and self._state.values["pace"] == "slow"
        while self._running:
            self._work()
            if slow or time.perf_counter() >= until:
                break

    def _forget_runs(self) -> None:
        self._running = ""
        self._said = ""
        self._descent = GradientDescent()
        self._guessing: RandomSearch | None = None
        self._budget = 0

    # The sequence's clock

    @property
    def _step(self) -> int:
        return int(self._state.values["step"])

    def _go_to(self, step: int) -> None:
        self._state.update({"step": max(1, step)})

    # Training's clock

    def _train(self) -> None:
        if self._running == "train":
            self._pause()
            return
        if self._running == "search":
            return  # the button is off, but a click may be on its way
        self._said = ""
        self._state.remember(self._state.weights)
        if self._descent.diverged:
            self._descent = GradientDescent()
        self._running = "train"
        if self._state.values["pace"] == "one":
            self._descend()
            self._running = ""

    def _pause(self) -> None:
        self._running = ""
        loss = number(read(self._state).loss)
        self._said = f"Paused at epoch {self._descent.epochs:,}, loss {loss}."

    def _search(self) -> None:
        if self._running == "search":
            self._running = ""
            return
        if self._running == "train":
            return
        if self._guessing is None:
            seed = self._state.values["seed"]
            self._guessing = RandomSearch(self._state.problem, LOW, HIGH, seed)
        self._budget = max(_LEAST_BUDGET, self._descent.evaluations)
        if self._guessing.evaluations >= self._budget:
            self._said = verdict(self._descent, self._guessing)  # its budget is spent
        else:
            self._running = "search"

    def _work(self) -> None:
        if self._running == "search" and self._guessing is not None:
            self._guess(self._guessing)
        else:
            self._descend()

    def _descend(self) -> None:
        state, run = self._state, self._descent
        rate = state.values["learning_rate"]
        state.weights = run.step(state.problem, state.weights, rate, state.clip_limit)
        end = ""
        if run.diverged:
            end = run.diverged
        elif run.loss < _SOLVED:
            end = f"Solved at epoch {run.epochs:,}: the loss is below 10⁻¹²."
        elif run.epochs >= _MOST_EPOCHS:
            end = f"Stopped after {_MOST_EPOCHS:,} epochs."
        if end:
            self._running = ""
            self._said = end

    def _guess(self, guessing: RandomSearch) -> None:
        guessing.step()
        if guessing.evaluations >= self._budget:
            self._running = ""
            self._said = verdict(self._descent, guessing)

    # Weights

    def _use_best_guess(self) -> None:
        if self._guessing is None or self._guessing.best is None:
            raise ControlError("there is no guess yet; press Random search first")
        self._state.remember(self._state.weights)
        self._state.weights = self._guessing.best.weights
        self._said = f"Weights set to guess {self._guessing.best.at:,}."

    def _restore(self) -> None:
        best = self._descent.best
        self._state.remember(self._state.weights)
        self._state.weights = self._state.starting_weights if best is None else best.weights
        self._descent = GradientDescent()
        self._said = (
            "Restored the starting weights: no epoch went well."
            if best is None
            else f"Restored the weights of epoch {best.at:,}, loss {number(best.loss)}."
        )

    def _reset_weights(self) -> None:
        self._state.remember(self._state.weights)
        self._state.weights = self._state.starting_weights
        self._forget_runs()
        self._said = "Weights reset to where they started."

    def _randomise(self) -> None:
        self._state.remember(self._state.weights)
        self._state.draw_weights()
        self._forget_runs()
        self._said = f"New weights from seed {self._state.values['seed']}."

    def _undo(self) -> None:
        self._running = ""
        self._state.undo()
        left = self._state.undo_left
        self._said = f"Back to the weights before; {left} more to undo." if left else "All undone."

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        state = self._state
        reading = read(state)
        loss = reading.loss
        searched = self._guessing.curve if self._guessing else None
        drawings = {
            "network": lambda: figures.network(reading),
            "tracks": lambda: figures.tracks(reading),
            "losses": lambda: figures.losses(
                self._descent,
                self._descent.loss_reached(state.problem),
                searched,
                state.mean_answer,
            ),
            "gradients": lambda: figures.gradients(reading, read_back(state, reading)),
        }
        return {
            "values": dict(state.values),
            "preset": state.preset,
            "note": self._note(),
            "start": dict(state.start),
            "changed": state.changed,
            "steps": len(state.problem.inputs),
            "running": self._running,
            "wait_ms": _SLOW_WAIT_MS if state.values["pace"] == "slow" else 0,
            "status": self._status(loss),
            "problem": self._descent.diverged,
            "said": self._said,
            "actions": self._buttons(),
            "readout": figures.readout(reading, state.values["activation"]),
            "figures": drawn(drawings, shown),
        }

    def glance(self, shown: Collection[str]) -> dict[str, Any]:
        """What follows a slider that is dragged: the network, or of the limit the gradients."""
        return self._glance(self._state, shown)

    def foresee(self, control: str, value: Any, shown: Collection[str]) -> dict[str, Any]:
        """The same as it would be with another value of one slider."""
        return self._glance(self._state.with_other({control: value}), shown)

    @staticmethod
    def _glance(state: State, shown: Collection[str]) -> dict[str, Any]:
        reading = read(state)
        marks = {
            "network": lambda: figures.network_marks(reading),
            "gradients": lambda: figures.gradient_marks(read_back(state, reading)),
        }
        return {
            "values": dict(state.values),
            "steps": len(reading.steps),
            "figures": drawn(marks, shown),
        }

    def _note(self) -> str:
        """The preset's sentence, as long as it is true of what is set."""
        preset = DECLARATION.preset(self._state.preset)
        if _OWN_STATE.issuperset(self._state.changed):
            return preset.note
        return f"Changed from the preset {preset.label}."

    def _status(self, loss: float) -> list[dict[str, str]]:
        done = self._descent.epochs
        words = "Paused" if done else "Untrained"
        if self._descent.diverged:
            words = "Diverged"
        elif self._descent.loss < _SOLVED:
            words = "Solved"
        if self._running:
            words = "Training" if self._running == "train" else "Searching"
        facts = [{"name": "State", "value": words}, {"name": "Epoch", "value": f"{done:,}"}]
        facts.append({"name": "Loss", "value": number(loss)})
        if self._guessing is not None and self._guessing.best is not None:
            facts.append({"name": "Best guess", "value": number(self._guessing.best.loss)})
        return facts

    def _buttons(self) -> dict[str, dict[str, Any]]:
        once = self._state.values["pace"] == "one"
        training, searching = self._running == "train", self._running == "search"
        train = "Pause" if training else "Train one epoch" if once else "Train"
        last = len(self._state.problem.inputs)
        guessed = self._guessing is not None and self._guessing.best is not None
        return {
            "first_step": {"enabled": self._step > 1},
            "step_back": {"enabled": self._step > 1},
            "step_forward": {"enabled": self._step < last},
            "train": {"enabled": not searching, "label": train},
            "search": {
                "enabled": not training,
                "label": "Stop searching" if searching else "Random search",
            },
            "use_best_guess": {
                "enabled": guessed and not self._running,
                "shown": self._guessing is not None,
            },
            "restore": {"enabled": True},
            "reset_weights": {"enabled": True},
            "randomise": {"enabled": True},
            "undo": {"enabled": self._state.undo_left > 0},
        }
