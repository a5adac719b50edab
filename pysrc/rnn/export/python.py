"""A trained model fits on a page: forty lines of NumPy say all it does, the rest is its weights."""

import base64
import re
import textwrap

import numpy as np

from rnn.arrays import Array
from rnn.export import python_training
from rnn.export.python_training import Training
from rnn.text.char_model import CharModel

WIDTH = 96
"""Characters of a line in the script."""

STEPS = {
    "rnn": '''
def step(x, state, w):
    """One step of one layer: the input x and the state (h,) give the state after."""
    (h,) = state
    return (np.tanh(w["W_xh"] @ x + w["W_hh"] @ h + w["b_h"]),)
''',
    "lstm": '''
def step(x, state, w):
    """One step of one layer: the input x and the state (h, c) give the state after."""
    h, c = state
    i, f, g, o = np.split(w["W_xh"] @ x + w["W_hh"] @ h + w["b_h"], 4)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
''',
    "gru": '''
def step(x, state, w):
    """One step of one layer: the input x and the state (h,) give the state after."""
    (h,) = state
    x_r, x_z, x_n = np.split(w["W_xh"] @ x + w["b_h"], 3)
    h_r, h_z, h_n = np.split(w["W_hh"] @ h, 3)
    r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
    n = np.tanh(x_n + r * (h_n + w["b_hn"]))
    return ((1.0 - z) * n + z * h,)
''',
}
"""One step of each kind of cell, as the script has it."""

SIGMOID = '''
def sigmoid(a):
    """1 / (1 + exp(-a)), in a form that cannot overflow."""
    return 0.5 + 0.5 * np.tanh(0.5 * a)

'''
"""The sigmoid, as the script has it."""

SCRIPT = '''"""A character model in one file: {layers} x {hidden} units ({kind}), {count:,} weights.

    python {name} --length 500 --temperature 0.8
{usage}
It needs NumPy. The weights are at the end.
"""

import argparse
import base64
import {imports}

import numpy as np

VOCABULARY = (
{vocabulary}
)

{sigmoid}{step}

def read(index, states):
    """Read one character: the scores of the next one, and the states after."""
    x = np.zeros(len(VOCABULARY), DTYPE)
    x[index] = 1.0
    after = []
    for layer, state in enumerate(states):
        state = step(x, state, WEIGHTS[f"layer{{layer}}"])
        after.append(state)
        x = state[0]
    head = WEIGHTS["head"]
    return head["W_hy"] @ x + head["b_y"], after


def probabilities(scores, temperature):
    """Softmax. Near temperature 0 it takes the likeliest."""
    if temperature < 1e-6:
        return (np.arange(len(scores)) == np.argmax(scores)).astype(float)
    p = np.exp((scores - scores.max()).astype(float) / temperature)
    return p / p.sum()


def write(start, temperature, rng):
    """Read `start`, then write without end: draw a character, read it, draw the next."""
    states = [tuple(np.zeros(HIDDEN, DTYPE) for _ in range(PARTS)) for _ in range(LAYERS)]
    for character in start:
        scores, states = read(VOCABULARY.index(character), states)
    while True:
        sums = np.cumsum(probabilities(scores, temperature))
        index = int(np.searchsorted(sums, rng.random() * sums[-1], "right"))
        yield VOCABULARY[index]
        scores, states = read(index, states)
{training}

def main():
    parser = argparse.ArgumentParser(description="Let the model write.")
    parser.add_argument("--start", default={start!a}, help="what it reads first")
    parser.add_argument("--length", type=int, default=500)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
{options}    chosen = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without the character
{use}    if unknown := set(chosen.start) - set(VOCABULARY):
        refuse(f"The model does not know {{''.join(sorted(unknown))!a}}.")
    if not (chosen.start and chosen.length > 0 and 0.0 < chosen.temperature < float("inf")):
        refuse("It needs a start, a length of at least 1 and a temperature above 0.")
    if chosen.seed < 0:
        refuse(f"The seed must be a whole number from 0; got {{chosen.seed}}.")
    characters = write(chosen.start, chosen.temperature, np.random.default_rng(chosen.seed))
    print("".join(map(seen, chosen.start)), end="")
    for _ in range(chosen.length):
        print(seen(next(characters)), end="", flush=True)
    print()


def seen(c):  # a terminal would obey the characters that move its cursor
    return c if c.isprintable() or c in "\\n\\t" or not sys.stdout.isatty() else ascii(c)[1:-1]


def refuse(sentence):
    print(sentence, file=sys.stderr)
    sys.exit(2)


def array(shape, text):
    """An array from its numbers, which are written in base64."""
    return np.frombuffer(base64.b64decode(text), "{code}").reshape(shape).astype(DTYPE)


LAYERS, HIDDEN, PARTS, DTYPE = {layers}, {hidden}, {parts}, "{dtype}"
WEIGHTS = {{
{weights}}}

if __name__ == "__main__":
    main()
'''
"""The script itself, with places to be filled."""


def to_python(model: CharModel, name: str = "model.py", training: Training | None = None) -> str:
    """The model as a script that samples, and with `training` also goes on learning.

    Its text depends on what is given here alone.
    """
    characters = model.vocabulary.characters
    start = "\n" if "\n" in characters else characters[0]
    layers = [f"layer{layer}" for layer in range(model.layers)]
    name = re.sub(r"[^\w.-]", "_", name)  # it stands in a docstring
    extra = {} if training is None else vars(training)
    step = python_training.STEPS[model.kind].strip("\n")
    return SCRIPT.format(
        name=name,
        imports="sys" if training is None else "itertools\nimport sys\nimport time",
        usage=python_training.USAGE.format(name=name) if training else "",
        training=python_training.TRAINING.format(step=step, **extra) if training else "",
        options=python_training.OPTIONS.format(**extra) if training else "",
        use=python_training.USE if training else "",
        layers=model.layers,
        hidden=model.hidden,
        kind=model.kind,
        count=model.parameters.flat.size,
        start=start,
        vocabulary=textwrap.indent(_literal(characters), "    "),
        sigmoid="" if model.kind == "rnn" else SIGMOID,
        step=STEPS[model.kind],
        parts=2 if model.kind == "lstm" else 1,
        dtype=model.dtype.name,
        code=model.dtype.newbyteorder("<").str,
        weights="".join(
            _part(part, model.parameters.part(f"{part}.")) for part in [*layers, "head"]
        ),
    )


def _part(name: str, arrays: dict[str, Array]) -> str:
    entries = "".join(_array(each, array) for each, array in arrays.items())
    return f'    "{name}": {{\n{entries}    }},\n'


def _array(name: str, array: Array) -> str:
    data = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
    text = base64.b64encode(data).decode()
    lines = "\n".join(text[at : at + WIDTH] for at in range(0, len(text), WIDTH))
    return f'        "{name}": array({array.shape}, """\n{lines}\n"""),\n'


def _literal(characters: str) -> str:
    """A long string as short ones, side by side; nothing in it but printable ASCII."""
    pieces, piece = [], ""
    for character in characters:
        escaped = ascii(character)[1:-1].replace('"', '\\"')
        if len(piece) + len(escaped) > WIDTH - 8:
            pieces.append(piece)
            piece = ""
        piece += escaped
    return "\n".join(f'"{each}"' for each in [*pieces, piece])
