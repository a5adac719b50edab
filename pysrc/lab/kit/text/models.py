"""The models that labs about text can ask for, and those that have arrived."""

from lab.kit.controls import Choice, ControlError, Option
from rnn.text.char_model import CharModel
from rnn.text.vocabulary import code_points, listed

MODELS = (
    Option(
        "moby-dick-lstm",
        "Moby Dick, LSTM",
        "Has read Melville’s novel, one character at a time. LSTM: gates decide what is kept.",
    ),
    Option(
        "moby-dick-gru",
        "Moby Dick, GRU",
        "The same book. GRU: two gates and no separate cell state.",
    ),
    Option(
        "moby-dick-rnn",
        "Moby Dick, plain RNN",
        "The same book. No gates: every step rewrites the whole memory.",
    ),
    Option(
        "python-lstm",
        "Python code, LSTM",
        "Has read Python’s standard library.",
    ),
    Option(
        "first-names-lstm",
        "First names, LSTM",
        "Has read a list of first names, one on each line.",
    ),
)
LABELS = {option.value: option.label for option in MODELS}
NEW_LINE = "\n"  # what an empty seed text stands for


def model_choice(group: str, *, compact: bool = False) -> Choice:
    """The control by which a reader chooses a model."""
    return Choice(
        name="model",
        label="Model",
        group=group,
        default=MODELS[0].value,
        options=MODELS,
        compact=compact,
    )


class Shelf:
    """The models that a lab was given, by name."""

    def __init__(self) -> None:
        self._models: dict[str, CharModel] = {}

    def get(self, name: str) -> CharModel | None:
        """A model, or None while it has not arrived."""
        return self._models.get(name)

    def put(self, name: str, data: bytes) -> CharModel:
        """Read a model's file; raise CheckpointError naming what is wrong with it."""
        model = CharModel.from_checkpoint(data)
        self._models[name] = model
        return model


def well_formed(control: str, text: str) -> None:
    """Refuse half a character: no page and no file can hold it. Raises ControlError."""
    try:
        code_points("the text", text)
    except ValueError as error:
        raise ControlError(f"{control}: {error}") from None


def readable(control: str, text: str, name: str, model: CharModel) -> str:
    """The text as the model reads it: an empty one is a new line.

    Raises ControlError, beginning with the control's name, for characters the model never saw.
    """
    well_formed(control, text)
    text = text or NEW_LINE
    unknown = model.vocabulary.unknown(text)
    if unknown == NEW_LINE == text:
        raise ControlError(
            f"{control} must hold at least 1 character: the model {name} never saw a new line, "
            f"which an empty text stands for"
        )
    if unknown:
        raise ControlError(f"{control}: the model {name} never saw {listed(unknown)}")
    return text
