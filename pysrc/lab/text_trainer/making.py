"""From what is set to a run: new, from a file's weights, or exactly where a file left off."""

from dataclasses import dataclass
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.text.settings import Settings as Values
from lab.text_trainer.course import Course, Writing
from rnn.checkpoints import Checkpoint
from rnn.text import model_file
from rnn.text.char_model import CharModel
from rnn.text.held_out import HeldOut
from rnn.text.prepared import Prepared, prepare
from rnn.text.saved_training import training_facts
from rnn.text.settings import Settings
from rnn.text.streams import SHORTEST
from rnn.text.training_run import TrainingRun

# The controls, by the names of the run's settings.
NAMES = {
    "kind": "cell",
    "hidden": "hidden",
    "layers": "layers",
    "dropout": "dropout",
    "batch": "batch",
    "length": "window",
    "rate": "rate",
    "schedule": "schedule",
    "decay": "decay",
    "decay_steps": "decay_steps",
    "warm_up": "warm_up",
    "clip": "clip",
    "clip_limit": "clip_limit",
    "seed": "seed",
}


@dataclass(frozen=True)
class Loaded:
    """A model's file of the reader's."""

    name: str
    data: bytes
    checkpoint: Checkpoint
    model: CharModel

    @classmethod
    def of(cls, control: str, name: str, data: bytes) -> "Loaded":
        """Read it; raise ControlError in one sentence for what is no model."""
        try:
            checkpoint = model_file.read(data)
            model = model_file.model_of(checkpoint)
        except ValueError as error:
            raise ControlError(f"{control}: {error}") from error
        return cls(name, data, checkpoint, model)


def run_settings(values: Values, text: Prepared, dtype: str = "float32") -> Settings:
    """The controls as a run knows them, fitted to a short text."""
    chosen: dict[str, Any] = {name: values[control] for name, control in NAMES.items()}
    if chosen["layers"] == 1:
        chosen["dropout"] = 0.0  # it stands between layers
    return Settings(**chosen, dtype=dtype).fitted({}, len(text.learned))


def steps_of(values: Values, settings: Settings) -> int:
    """How many steps read as many characters as are set."""
    each = settings.batch * settings.length
    return max(1, (int(values["reads"]) + each // 2) // each)


def make_run(values: Values, text: Prepared, loaded: Loaded | None) -> TrainingRun:
    """The run that is set. Raises ValueError for what does not fit together."""
    if loaded is None:
        settings = run_settings(values, text)
        return TrainingRun(text, settings, steps_of(values, settings))
    facts = training_facts(loaded.checkpoint.facts)
    if facts and facts["text"] == text.sha256:
        return TrainingRun.resumed(loaded.checkpoint, loaded.model, text)
    return _from_weights(values, text, loaded)


def _from_weights(values: Values, text: Prepared, loaded: Loaded) -> TrainingRun:
    own = loaded.model.description
    network = {"cell": own.kind, "hidden": own.hidden, "layers": own.layers}
    settings = run_settings(values.moved(**network, dropout=own.dropout), text, own.dtype)
    run = TrainingRun(text, settings, steps_of(values, settings))
    run.model.parameters.flat[...] = loaded.model.parameters.flat
    return run


def unfit_run(values: Values, loaded: Loaded, writing: Writing) -> Course:
    """A course for a file's model whose characters are not those of the text: it only writes."""
    text = prepare(loaded.model.vocabulary.characters * SHORTEST, loaded.model.vocabulary)
    course = Course(_from_weights(values, text, loaded), HeldOut(text.held_out), writing)
    course.forget()
    course.ask("sample")
    return course


def values_of(course: Course) -> dict[str, Any]:
    """What the controls must say of a course that came from a file."""
    settings = course.run.settings
    told = {control: getattr(settings, name) for name, control in NAMES.items()}
    if course.characters:
        return {**told, "reads": course.to_read}
    return {name: told[name] for name in ("cell", "hidden", "layers", "dropout")}
