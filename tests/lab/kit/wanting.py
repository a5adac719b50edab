"""A lab of a few lines that wants files: what the tests of giving are made with."""

import sys
from types import ModuleType

from lab.kit import registry
from lab.kit.controls import ControlError, Text
from lab.kit.declaration import Declaration, Figure, Preset
from rnn.checkpoints import CheckpointError


class Reader:
    """Wants the file its control names, and shows what is in it."""

    declaration = Declaration(
        name="reader",
        title="Reader",
        question="What is in it?",
        groups={"file": "File"},
        controls=(Text(name="file", label="File", group="file", default="one", compact=True),),
        actions=(),
        figures=(
            Figure(name="plot", kind="bars", title="Plot", caption="", compact=True),
            Figure(name="rest", kind="bars", title="Rest", caption=""),
        ),
        presets=(Preset(name="first", label="First", values={}, note=""),),
        more="",
        how_to=(),
    )

    def __init__(self, options):
        self.values = {"file": "one"}
        self.has = {}
        self.set(options)

    def set(self, values):
        self.values.update(self.declaration.accept(values))

    def act(self, action, argument): ...

    def advance(self, budget_ms): ...

    def give(self, name, data):
        if data == b"pickle":
            raise CheckpointError("the file is not a checkpoint: it is a Python pickle")
        if data == b"odd":
            raise ControlError("seed_text: the model never saw 'é'")
        if data == b"bug":
            raise ValueError("not for readers")
        assert type(data) is bytes
        if data != b"ignored":
            self.has[name] = data

    def snapshot(self, figures=None):
        name = self.values["file"]
        drawn = {each: {"summary": each, "tables": []} for each in ("plot", "rest")}
        return {
            "values": dict(self.values),
            "wants": None if name in self.has else name,
            "has": {name: data.decode() for name, data in self.has.items()},
            "figures": {each: drawn[each] for each in drawn if figures is None or each in figures},
        }


def install(monkeypatch):
    """Make it a lab like any other, under the name `reader`."""
    module = ModuleType("lab.reader")
    module.LAB = Reader
    monkeypatch.setitem(sys.modules, "lab.reader", module)
    monkeypatch.setattr(registry, "lab_names", lambda: ["reader", "scalar-rnn"])
