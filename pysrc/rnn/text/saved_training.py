"""What a training run leaves beside its model: arrays named `training.*`, and one fact in JSON."""

import json
import math
from collections.abc import Collection, Mapping
from typing import Any

from rnn.checkpoints import Layout
from rnn.optimisers import make_optimiser
from rnn.strict_json import refuse_depth
from rnn.text.description import Description
from rnn.text.settings import Settings
from rnn.text.training import carried_shapes

FACT = "training"
"""The fact of a model's file that holds the training's settings."""
TRAINING = "training."
"""What the names of the training's arrays begin with."""
PARAMETERS = "trainer.parameters"
"""The one array that is not there again: it is the model's own."""
DEEPEST = 8
"""How deep the JSON of the settings may go."""
NO_SENSE = "the training beside the model makes no sense"
"""What is said of a training that contradicts itself."""


def training_facts(facts: Mapping[str, str]) -> dict[str, Any]:
    """What is said of a run beside a model; empty if nothing is. ValueError if it has no sense."""
    if FACT not in facts:
        return {}
    try:
        refuse_depth(facts[FACT], DEEPEST)
        told = json.loads(facts[FACT])
    except (ValueError, RecursionError) as error:
        raise ValueError(NO_SENSE) from error
    kinds = {"settings": dict, "text": str, "held_out_bits": float | None, "trainer": dict}
    sensible = isinstance(told, dict) and set(told) == set(kinds)
    if not (sensible and all(isinstance(told[name], kind) for name, kind in kinds.items())):
        raise ValueError(NO_SENSE)
    if not math.isfinite(told["held_out_bits"] or 0.0):  # it could not be saved again
        raise ValueError(NO_SENSE)
    return dict(told)


def training_layouts(
    facts: Mapping[str, str], description: Description, names: Collection[str]
) -> dict[str, Layout]:
    """The arrays that the run these facts tell of has beside its model.

    The optimiser's moments are all there or, as after a divergence, none of them is; `names` are
    those in the file. Raises ValueError for a run that makes no sense or is that of another model.
    """
    told = training_facts(facts)
    if not told:
        return {}
    settings = Settings.of(told["settings"])
    if settings.describe(description.vocabulary) != description:
        raise ValueError("the model in the file is not the one its settings describe")
    count = sum(math.prod(shape) for shape in description.shapes.values())
    moments = make_optimiser(settings.optimiser).moment_layouts(count, description.dtype)
    layouts = {"trainer.good": Layout((count,), description.dtype)}
    if any(name.startswith(f"{TRAINING}optimiser.") for name in names):
        layouts |= {f"optimiser.{name}": Layout(*moment) for name, moment in moments.items()}
    carried = carried_shapes(description, settings.batch)
    layouts |= {f"data.{name}": Layout(shape, description.dtype) for name, shape in carried.items()}
    return {TRAINING + name: layout for name, layout in layouts.items()}
