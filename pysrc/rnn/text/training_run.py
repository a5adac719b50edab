"""A run is a text, a model and a trainer; saved whole, it goes on as if it had never stopped."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from rnn.arrays import Array
from rnn.checkpoints import Checkpoint, to_bytes
from rnn.optimisers import make_optimiser
from rnn.saved import Saved
from rnn.text.char_model import CharModel
from rnn.text.held_out import HeldOut
from rnn.text.prepared import Prepared
from rnn.text.saved_training import FACT, NO_SENSE, PARAMETERS, TRAINING, training_facts
from rnn.text.settings import Settings
from rnn.text.streams import Streams
from rnn.text.training import TextTraining
from rnn.trainer import Trainer

EXACT = 200_000
"""A held-out text up to this long is judged in one go at the end."""


class TrainingRun:
    """Everything that training on a text works with."""

    def __init__(self, text: Prepared, settings: Settings, steps: int) -> None:
        """Set everything up as at the first step. Raises ValueError for what does not fit."""
        vocabulary = text.vocabulary
        self.settings, self.text = settings, text
        self.model = CharModel(vocabulary, **settings.of_the_model())
        self.model.initialise(np.random.default_rng([settings.seed, 0]))
        self.streams = Streams(text.learned, settings.batch, settings.length)
        dropped = np.random.default_rng([settings.seed, 1]) if settings.dropout else None
        self.trainer = Trainer(
            TextTraining(self.model, self.streams, dropped),
            make_optimiser(settings.optimiser),
            settings.make_schedule(steps),
            steps=steps,
            clip=settings.make_clip(),
            smoothing=0.99,
            smoothed_from=float(np.log(len(vocabulary))),
        )
        self.held_out_bits: float | None = None

    @property
    def characters_per_step(self) -> int:
        """How many characters one step reads."""
        return self.settings.batch * self.settings.length

    def prolong(self, steps: int) -> None:
        """Let there be `steps` steps in all. Raises ValueError unless that is more than done."""
        if steps <= self.trainer.step:
            raise ValueError(
                f"steps must be more than the {self.trainer.step:,} already done; got {steps:,}"
            )
        self.trainer.steps = steps

    def change(self, settings: Mapping[str, Any]) -> None:
        """From the next step on use another `rate`, from there on constant, `clip` or `clip_limit`.

        Raises ValueError, as `Settings` does, when a value is out of its range.
        """
        if "rate" in settings:
            settings = {**settings, "schedule": "constant", "warm_up": 0}
        self.settings = replace(self.settings, **settings)
        self.trainer.clip = self.settings.make_clip()
        if "rate" in settings:
            self.trainer.change_learning_rate(self.settings.rate)

    def adjust(self, settings: Settings, steps: int) -> None:
        """From the next step on follow another rate, schedule or clip, for `steps` steps in all.

        The schedule counts from the beginning of the run. Of steps already done none is taken
        back: with fewer than that the run is finished.
        """
        names = ("rate", "schedule", "decay", "decay_steps", "warm_up", "clip", "clip_limit")
        changed = {name: getattr(settings, name) for name in names}
        self.settings = replace(self.settings, **changed)
        self.trainer.steps = max(steps, self.trainer.step, 1)
        self.trainer.schedule = self.settings.make_schedule(self.trainer.steps)
        self.trainer.clip = self.settings.make_clip()

    def judge(self) -> float:
        """Bits per character on the held-out text, read in streams; remembered if finite."""
        return self.remember(HeldOut(self.text.held_out).bits(self.model))

    def judge_exactly(self) -> float:
        """The same without streams, unless that would take very long; remembered."""
        if len(self.text.held_out) > EXACT:
            return self.judge()
        held_out = self.text.vocabulary.decode(self.text.held_out.tolist())
        with np.errstate(over="ignore", invalid="ignore"):
            return self.remember(self.model.bits_per_character(held_out))

    def remember(self, bits: float) -> float:
        """Keep the held-out loss that a judgement found, in `bits` per character, with the run."""
        self.held_out_bits = bits if math.isfinite(bits) else None  # JSON knows no other
        return bits

    def to_bytes(self) -> bytes:
        """The model, and beside it everything the run needs to go on."""
        state = self.trainer.state()
        arrays: dict[str, Array] = dict(self.model.parameters)
        # The parameters are there already, under their own names.
        arrays |= {
            TRAINING + name: array for name, array in state.arrays.items() if name != PARAMETERS
        }
        facts = {
            "settings": self.settings.facts(),
            "text": self.text.sha256,
            "held_out_bits": self.held_out_bits,
            "trainer": state.facts,
        }
        own = {FACT: json.dumps(facts, allow_nan=False)}
        return to_bytes(arrays, self.model.description.facts() | own)

    @classmethod
    def resumed(cls, checkpoint: Checkpoint, model: CharModel, text: Prepared) -> "TrainingRun":
        """Go on where `to_bytes` left off. Raises ValueError for another text, or no run."""
        facts = training_facts(checkpoint.facts)
        if not facts:
            raise ValueError("there is a model in the file, but no training that could be resumed")
        if facts["text"] != text.sha256:
            raise ValueError("the text must be the one the training began with; it is another")
        settings = Settings.of(facts["settings"])
        # Compared before anything of the size the settings name is made.
        if settings.describe(text.vocabulary) != model.description:
            raise ValueError("the model in the file is not the one its settings describe")
        run = cls(text, settings, 1)
        arrays = {
            name.removeprefix(TRAINING): array
            for name, array in checkpoint.arrays.items()
            if name.startswith(TRAINING)
        }
        arrays[PARAMETERS] = model.parameters.flat
        try:
            run.trainer.restore(Saved(arrays, facts["trainer"]))
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(NO_SENSE) from error
        run.trainer.roll_back()  # if it diverged, its last good weights are in place
        run.held_out_bits = facts["held_out_bits"]
        return run
