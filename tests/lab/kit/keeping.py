"""A lab of a few lines that takes documents and keeps its work: what their tests are made with."""

import sys
from types import ModuleType

import numpy as np

from lab.kit import registry
from lab.kit.controls import ControlError, Document, Text
from lab.kit.declaration import Action, Declaration, Figure, Preset
from rnn.checkpoints import CheckpointError


class Notebook:
    """Takes a text, counts its bytes, adds one on each slice, and keeps the sum."""

    declaration = Declaration(
        name="notebook",
        title="Notebook",
        question="How many bytes?",
        groups={"text": "Text"},
        controls=(
            Document(
                name="document",
                label="Your own text",
                group="text",
                longest=1000,
                endings=(".txt",),
                help="At most 1,000 bytes.",
            ),
            Text(name="word", label="Word", group="text", default="", lines=3),
        ),
        actions=tuple(
            Action(name=name, label=name.title(), group="text")
            for name in ("count", "save", "copy", "clear")
        ),
        figures=(Figure(name="plot", kind="bars", title="Plot", caption=""),),
        presets=(Preset(name="first", label="First", values={}, note=""),),
        more="nothing",
        how_to=(),
    )

    def __init__(self, options):
        self.values = self.declaration.defaults()
        self.taken, self.sum, self.keep, self.running = b"", 0, 0, ""
        self.output = None
        self.set(options)

    def set(self, values):
        self.output = None
        rest = {name: value for name, value in values.items() if name != "preset"}
        self.values.update(self.declaration.accept(rest))

    def act(self, action, argument):
        self.output = None
        if action == "count":
            self.running = "" if self.running else "count"
        elif action == "clear":
            self.sum = self.keep = 0
        else:
            self.output = {
                "as": "download" if action == "save" else "copy",
                "name": "notebook.txt",
                "type": "text/plain",
                "data": np.frombuffer(b"sum " + str(self.sum).encode(), np.uint8),
            }

    def advance(self, budget_ms):
        self.output = None
        if not self.running:
            return
        self.sum += 1
        self.keep += 1
        if self.sum % 50 == 0:
            self.running = ""

    def upload(self, control, filename, data):
        if data.startswith(b"\x80"):
            raise CheckpointError("the file is a Python pickle")
        try:
            data.decode()
        except UnicodeDecodeError as error:
            raise ControlError(f"{control}: byte {error.start + 1} is not UTF-8") from None
        self.taken, self.sum = data, len(data)
        self.keep += 1
        self.values[control] = f"{filename or 'typed text'}, {len(data)} bytes"

    def kept(self):
        return str(self.sum).encode()

    def restore(self, data):
        try:
            self.sum = int(data)
        except ValueError:
            raise CheckpointError("what was kept is no number") from None
        self.keep = 1

    def snapshot(self, figures=None):
        output = {} if self.output is None else {"output": self.output}
        return {
            "values": dict(self.values),
            "start": {"document": "", "word": ""},
            "changed": ["word"] if self.values["word"] else [],
            "preset": "first",
            "note": "",
            "steps": 0,
            "running": self.running,
            "wait_ms": 0,
            "status": [{"name": "Sum", "value": str(self.sum)}],
            "problem": None,
            "said": "",
            "keep": self.keep,
            "actions": {},
            "readout": [],
            "figures": {},
            **output,
        }


def install(monkeypatch):
    """Make it a lab like any other, under the name `notebook`."""
    module = ModuleType("lab.notebook")
    module.LAB = Notebook
    monkeypatch.setitem(sys.modules, "lab.notebook", module)
    monkeypatch.setattr(registry, "lab_names", lambda: ["notebook", "scalar-rnn"])
