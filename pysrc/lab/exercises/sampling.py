"""To write, a network reads what it wrote: draw a character, feed it back, draw the next."""

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, Wrong
from rnn.arrays import Array
from rnn.losses import softmax

STORY = """
Write the loop that makes a network write. `step(index, h)` reads one character (its number) with
the memory `h`, and returns the scores of what may come next, and the new memory. In each round:
read, turn the scores into probabilities at the given temperature, draw, and keep what was drawn.
What was drawn is what is read in the next round.

`rng.choice(len(p), p=p)` draws a number according to the probabilities `p`. Return the list of
what was drawn, without the first character, which was given.
"""

STARTER = '''\
import numpy as np


def softmax(scores):
    grown = np.exp(scores - scores.max())
    return grown / grown.sum()


def write(step, first, h, length, temperature, rng):
    """Return a list of `length` numbers, written after `first`."""
    index = first
    written = []
    for _ in range(length):
        # Your lines.
        pass
    return written
'''

SOLUTION = STARTER.replace(
    "        # Your lines.\n        pass\n",
    "        scores, h = step(index, h)\n"
    "        p = softmax(scores / temperature)\n"
    "        index = int(rng.choice(len(p), p=p))\n"
    "        written.append(index)\n",
)

HINTS = (
    "Four things happen in a round: step, softmax, draw, append.",
    (
        "Two things are carried to the next round: the memory, and the character that was drawn. Both names stand on the "
        "left of an `=` inside the loop."
    ),
    "`scores, h = step(index, h)` and `index = int(rng.choice(len(p), p=p))`",
)

SYMBOLS = 5


class Typist:
    """Stands in for a network, and notes what it is asked. After i comes (2 i + 1) mod 5, surely."""

    def __init__(self, *, scores: Array | None = None) -> None:
        self.read: list[int] = []
        self.memories: list[float] = []
        self._scores = scores

    def __call__(self, index: int, h: Array) -> tuple[Array, Array]:
        """Give the scores after a character, and a memory that counts the steps."""
        self.read.append(int(index))
        self.memories.append(float(h[0]))
        scores = np.zeros(SYMBOLS)
        scores[(2 * int(index) + 1) % SYMBOLS] = 60.0
        return (scores if self._scores is None else self._scores.copy()), h + 1.0

    def __deepcopy__(self, _: object) -> "Typist":
        return self  # the check reads its notes


def _fed_back(answer: Answer) -> None:
    typist = Typist()
    got = _written(answer, typist, first=1, length=6, temperature=1.0)
    right = [3, 2, 0, 1, 3, 2]
    if got == right:
        return
    finding = f"It wrote {got}. This network is sure of itself: after 1 it writes {right}."
    if len(set(typist.read)) == 1 and len(typist.read) > 1:
        raise Wrong(
            finding,
            f"It read {typist.read[0]} in every round. What was drawn must be read in the next: put it "
            "into `index`.",
        )
    if got == [1, *right[:-1]]:
        raise Wrong(
            finding, "The first character was given; it does not belong to what is written."
        )
    if typist.read == [1, *got[:-1]]:
        raise Wrong(
            finding,
            "It read the right characters, and drew others than the scores say. Draw with "
            "the probabilities p of the softmax, as in `rng.choice(len(p), p=p)`.",
        )
    raise Wrong(finding, f"It read {typist.read}.")


def _carried(answer: Answer) -> None:
    typist = Typist()
    _written(answer, typist, first=1, length=4, temperature=1.0)
    if typist.memories == [0.0, 1.0, 2.0, 3.0]:
        return
    if len(set(typist.memories)) == 1:
        raise Wrong(
            "Every round began with the same memory: the network forgets all it wrote. `step` returns "
            "the new memory; hand that to the next round, as in `scores, h = step(index, h)`."
        )
    raise Wrong(
        f"`step` was called {len(typist.memories)} times for 4 characters. Once for each: every call "
        "moves the memory on."
    )


def _by_chance(answer: Answer) -> None:
    _shares(answer, temperature=1.0)


def _temperature(answer: Answer) -> None:
    _shares(answer, temperature=0.5)
    _shares(answer, temperature=3.0)


def _shares(answer: Answer, temperature: float) -> None:
    """Draw 2000 characters from fixed scores; each share has a deviation of about 0.01."""
    scores = np.log(np.array([0.5, 0.25, 0.15, 0.07, 0.03]))
    typist = Typist(scores=scores)
    got = _written(answer, typist, first=0, length=2000, temperature=temperature)
    shares = np.bincount(got, minlength=SYMBOLS) / len(got)
    right = softmax(scores / temperature)
    if np.abs(shares - right).max() < 0.045:
        return
    finding = (
        f"At temperature {temperature:g}, of 2,000 characters the shares should be near "
        f"{_spell(right)}; they are {_spell(shares)}."
    )
    slips = {
        "It always takes the likeliest. Draw by chance, with the probabilities p.": np.eye(SYMBOLS)[0],
        "All come equally often: hand the probabilities over, as in `rng.choice(len(p), p=p)`.":
            np.full(SYMBOLS, 1.0 / SYMBOLS),
        "It looks as if the scores were multiplied by the temperature. Divide.":
            softmax(scores * temperature),
        "It looks as if the temperature were not used.": softmax(scores),
    }  # fmt: skip
    raise Wrong(finding, *[
        sentence for sentence, slip in slips.items() if np.abs(shares - slip).max() < 0.045
    ][:1])  # fmt: skip


def _written(
    answer: Answer, typist: Typist, first: int, length: int, temperature: float
) -> list[int]:
    rng = np.random.default_rng(11)
    result = answer(typist, first, np.zeros(1), length, temperature, rng)
    try:
        got = [int(index) for index in result]
    except (TypeError, ValueError):
        raise Wrong(
            f"`{answer.name}` must return a list of whole numbers; it returned "
            f"{type(result).__name__}."
        ) from None
    if not got:
        raise Wrong("The list is empty: the body of the loop is missing.")
    if len(got) != length:
        more = " The first character was given; leave it out." if len(got) == length + 1 else ""
        raise Wrong(f"The list has {len(got)} characters; it must have {length}.{more}")
    outside = [index for index in got if not 0 <= index < SYMBOLS]
    if outside:
        raise Wrong(f"{outside[0]} is no character: their numbers are 0 to {SYMBOLS - 1}.")
    return got


def _spell(shares: Array) -> str:
    return ", ".join(f"{share:.2f}" for share in shares.tolist())


EXERCISE = Exercise(
    name="sampling",
    title="A sampler",
    function="write",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("What is drawn is read next", _fed_back),
        Check("The memory is carried along", _carried),
        Check("Characters come as often as they are likely", _by_chance),
        Check("The temperature divides the scores", _temperature),
    ),
)
