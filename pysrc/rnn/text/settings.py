"""What a training run was told, apart from its text: enough to set it up again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from rnn.checks import one_of, real_number, whole_number
from rnn.clipping import Clip
from rnn.optimisers import OPTIMISERS
from rnn.schedules import SCHEDULES, Schedule, check_rate, make_schedule
from rnn.text.description import Description, check_model
from rnn.text.vocabulary import Vocabulary

LAST_OF_COSINE = 0.01
"""The last rate as a share of the first: at 0 a run that is made longer would learn nothing."""


@dataclass(frozen=True)
class Settings:
    """The options of `train`, by their names on the command line.

    Raises ValueError, naming the option and the rule, for one that is out of its range.
    """

    kind: str = "lstm"
    hidden: int = 128
    layers: int = 1
    dropout: float = 0.0
    dtype: str = "float32"
    batch: int = 32
    length: int = 64
    optimiser: str = "adam"
    rate: float = 0.002
    schedule: str = "constant"
    decay: float = 0.5
    decay_steps: int = 1000
    warm_up: int = 0
    clip: str = "norm"
    clip_limit: float = 5.0
    seed: int = 1

    def __post_init__(self) -> None:
        """Check them all, also those that the others leave unused: they are saved together."""
        check_model(self.kind, self.hidden, self.layers, self.dropout, self.dtype)
        one_of("optimiser", self.optimiser, tuple(OPTIMISERS))
        one_of("schedule", self.schedule, tuple(SCHEDULES))
        real_number("decay", self.decay, 0.0, 1.0, above_low=True)
        whole_number("decay-steps", self.decay_steps, 1, 10**9)
        whole_number("seed", self.seed, 0, 2**63 - 1)
        whole_number("batch", self.batch, 1, 4096)
        whole_number("length", self.length, 1, 100_000)
        check_rate(self.rate)
        whole_number("warm-up", self.warm_up, 0, 10**9)
        self.make_clip()

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Settings":
        """Bring back what `facts` gave. Raises ValueError unless each has its own type."""
        kinds = {field.name: type(field.default) for field in fields(cls)}
        if {name: type(value) for name, value in facts.items()} != kinds:
            raise ValueError(f"saved settings must be {', '.join(kinds)}, each of its own type")
        return cls(**facts)

    def facts(self) -> dict[str, Any]:
        """By name, for JSON."""
        return asdict(self)

    def of_the_model(self) -> dict[str, Any]:
        """Those that say what the model is, by the names `CharModel` knows."""
        return {
            name: getattr(self, name) for name in ("kind", "hidden", "layers", "dropout", "dtype")
        }

    def describe(self, vocabulary: Vocabulary) -> Description:
        """The model they describe. Raises ValueError for one that cannot be."""
        return Description(vocabulary, **self.of_the_model())

    def fitted(self, given: Mapping[str, Any], characters: int) -> "Settings":
        """For a text of few `characters` a smaller batch and shorter windows, unless `given`.

        Raises ValueError when what was asked for is longer than the text.
        """
        length = self.length if "length" in given else min(self.length, max(characters - 1, 1))
        batch = self.batch
        while "batch" not in given and batch > 1 and (characters - 1) // batch < length:
            batch //= 2
        if (stream := (characters - 1) // batch) < length:
            raise ValueError(
                f"length must be at most {stream:,} for this text, whose first 90 % are "
                f"{characters:,} characters in a batch of {batch:,}; got {length:,}"
            )
        return replace(self, length=length, batch=batch)

    def make_clip(self) -> Clip:
        """The clip these settings name."""
        return Clip(self.clip, self.clip_limit)

    def make_schedule(self, steps: int) -> Schedule:
        """The schedule these settings name, for a run of `steps` steps."""
        settings: dict[str, float] = {
            "constant": {},
            "exponential": {"decay": self.decay, "steps": self.decay_steps},
            "step": {"factor": self.decay, "every": self.decay_steps},
            "cosine": {
                "steps": max(steps - self.warm_up, 1),
                "low": LAST_OF_COSINE * self.rate,
            },
        }[self.schedule]
        return make_schedule(self.schedule, self.rate, self.warm_up, **settings)
