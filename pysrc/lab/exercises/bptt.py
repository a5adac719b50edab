"""The backward loop of backpropagation through time, the heart of the book."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, Wrong, array, by_name
from lab.exercises.kit.judging import Numbers, close, spelled
from lab.exercises.small_network import NAMES, Network, network
from rnn.arrays import Array

STORY = """
The forward pass is done: the memories `h` and the probabilities `p` are there. Write the body of
the loop that walks back, from the last step to the first. With $\\partial a_t$ short for
$\\partial L / \\partial a_t$, and $a_t$ the sum inside the tanh:

$$
\\begin{aligned}
\\partial y_t &= (p_t - \\operatorname{onehot}(\\text{target}_t)) / T \\\\
\\partial h_t &= W_{hy}^\\top \\, \\partial y_t + W_{hh}^\\top \\, \\partial a_{t+1} \\\\
\\partial a_t &= \\partial h_t \\, (1 - h_t^2)
\\end{aligned}
$$

Each step adds its share to the five gradients: $\\partial y_t \\, h_t^\\top$ to `W_hy`,
$\\partial y_t$ to `b_y`, $\\partial a_t \\, x_t^\\top$ to `W_xh`, $\\partial a_t \\,
h_{t-1}^\\top$ to `W_hh`, $\\partial a_t$ to `b_h`. Your gradients are checked against central
differences: every weight is nudged, and the loss watched.
"""

STARTER = '''\
import numpy as np


def backward(x, targets, h, p, W_xh, W_hh, W_hy):
    """Return the gradient of the mean loss for every weight, by name.

    x        (T, inputs)      what was read
    targets  (T,)             the number of the symbol that came next
    h        (T + 1, hidden)  h[t + 1]: the memory after x[t]; h[t]: before
    p        (T, outputs)     the probabilities the network gave
    """
    T = len(x)
    gradients = {
        "W_xh": np.zeros_like(W_xh),
        "W_hh": np.zeros_like(W_hh),
        "W_hy": np.zeros_like(W_hy),
        "b_h": np.zeros(len(W_hh)),
        "b_y": np.zeros(len(W_hy)),
    }
    d_h_next = np.zeros(len(W_hh))  # what the step after asks of this one
    for t in reversed(range(T)):
        # Your lines: d_y, d_h and d_a of this step, its share of each gradient,
        # and the d_h_next that the step before will find.
        pass
    return gradients
'''

SOLUTION = STARTER.replace(
    "        # Your lines: d_y, d_h and d_a of this step, its share of each gradient,\n"
    "        # and the d_h_next that the step before will find.\n"
    "        pass\n",
    """\
        d_y = p[t].copy()
        d_y[targets[t]] -= 1.0
        d_y /= T
        gradients["W_hy"] += np.outer(d_y, h[t + 1])
        gradients["b_y"] += d_y
        d_h = W_hy.T @ d_y + d_h_next
        d_a = d_h * (1.0 - h[t + 1] ** 2)
        gradients["W_xh"] += np.outer(d_a, x[t])
        gradients["W_hh"] += np.outer(d_a, h[t])
        gradients["b_h"] += d_a
        d_h_next = W_hh.T @ d_a
""",
)

HINTS = (
    (
        "Start with the output layer alone. `d_y = p[t].copy()`, then take 1 away at the target and divide by `T`. That "
        "gives `W_hy` and `b_y`, and the check will say so."
    ),
    (
        "`np.outer(a, b)` is the matrix $a b^\\top$. Two ways lead to the memory `h[t + 1]`: from its prediction, "
        "`W_hy.T @ d_y`, and from the step after it, `d_h_next`. Add them, then multiply by the slope of tanh."
    ),
    "The loop's last line prepares the step before: `d_h_next = W_hh.T @ d_a`.",
)

# What goes wrong, in the order in which it is looked for.
SLIPS = {
    "sign": "The sign is turned around: `d_y` is p minus the one-hot row, not the other way.",
    "no mean": "They are as many times too large as there are steps: the loss is a mean, so `d_y` is "
    "divided by `T`.",
    "no target": "It looks as if the 1 at the target were never taken away: `d_y[targets[t]] -= 1`.",
    "no slope": "It looks as if the derivative of tanh were missing: `W_xh`, `W_hh` and `b_h` get their "
    "shares from `d_a = d_h * (1 - h[t + 1] ** 2)`, not from `d_h`.",
    "slope not squared": "It looks as if tanh's derivative were 1 − h. It is 1 − h squared.",
    "slope of before": "It looks as if the slope were taken at `h[t]`; this step's memory is `h[t + 1]`.",
    "no next": "It looks as if `d_h_next` were not added to `d_h`, or never set: then nothing flows back "
    "through time.",
    "next without slope": "It looks as if `d_h_next` were made from `d_h`. Make it from `d_a`, which has "
    "the slope in it.",
    "next not weighted": "It looks as if `d_h_next` were `d_a` itself; `W_hh.T` has to carry it back.",
    "next accumulated": "It looks as if `d_h_next` were added up over the steps; each step sets it anew.",
    "W_hh transposed": "It looks as if `W_hh` were not transposed on the way back: "
    "`d_h_next = W_hh.T @ d_a`.",
    "W_hy transposed": "It looks as if `W_hy` were not transposed on the way back: `W_hy.T @ d_y`.",
    "overwritten": "It looks as if it were overwritten at each step (`=`). Add each step's share: `+=`.",
    "after, not before": "It looks off by one step: `W_hh` met the memory *before* the step, `h[t]`, not "
    "`h[t + 1]`.",
    "output from before": "It looks off by one step: `W_hy` reads the memory *after* the step, "
    "`h[t + 1]`.",
    "outer turned": "It looks transposed: `np.outer(d, what it was multiplied with)`, in this order.",
}  # fmt: skip


def _gradients(net: Network, slips: frozenset[str]) -> dict[str, Array]:
    """Walk back as the solution does, but for the slips."""
    W_hh, W_hy, T = net.weights["W_hh"], net.weights["W_hy"], len(net.x)
    h, p = net.forward()[0], net.probabilities()
    total: dict[str, Array] = {name: np.zeros_like(net.weights[name]) for name in NAMES}
    d_h_next = np.zeros(len(W_hh))
    for t in reversed(range(T)):
        d_y = p[t].copy()
        if "no target" not in slips:
            d_y[net.targets[t]] -= 1.0
        d_y *= (-1.0 if "sign" in slips else 1.0) / (1.0 if "no mean" in slips else T)
        d_h = (W_hy if "W_hy transposed" in slips else W_hy.T) @ d_y
        if "no next" not in slips:
            d_h = d_h + d_h_next
        d_a = d_h * _slope(h[t], h[t + 1], slips)
        before = h[t + 1] if "after, not before" in slips else h[t]
        read = h[t] if "output from before" in slips else h[t + 1]
        shares = {
            "W_xh": np.outer(d_a, net.x[t]),
            "W_hh": np.outer(d_a, before),
            "W_hy": np.outer(d_y, read),
            "b_h": d_a,
            "b_y": d_y,
        }
        for name, share in shares.items():
            turned = share.T if "outer turned" in slips and share.shape == share.T.shape else share
            total[name] = turned if "overwritten" in slips else total[name] + turned
        sent = d_h if "next without slope" in slips else d_a
        if "next not weighted" not in slips:
            sent = (W_hh if "W_hh transposed" in slips else W_hh.T) @ sent
        d_h_next = d_h_next + sent if "next accumulated" in slips else sent
    return total


def _slope(before: Array, after: Array, slips: frozenset[str]) -> Array:
    if "no slope" in slips:
        return np.ones_like(after)
    if "slope not squared" in slips:
        return 1.0 - after
    h = before if "slope of before" in slips else after
    return 1.0 - h * h


def _one_step(answer: Answer) -> None:
    _ask(answer, network(4, 3, [2], seed=2))


def _through_time(answer: Answer) -> None:
    _ask(answer, network(4, 3, [2, 1, 3, 3, 0], seed=5))


def _square(answer: Answer) -> None:
    """Three of everything: a matrix the wrong way round raises nothing here."""
    _ask(answer, network(3, 3, [2, 0, 1, 1, 2, 0, 2], seed=8))


def _ask(answer: Answer, net: Network) -> None:
    weights = (net.weights[name] for name in ("W_xh", "W_hh", "W_hy"))
    h, p = net.forward()[0], net.probabilities()
    try:
        result = answer(net.x, net.targets, h, p, *weights)
    except Wrong as wrong:
        raise Wrong(
            *wrong.findings, *_shapes(wrong, net), trace=wrong.trace, line=wrong.line
        ) from None
    given = by_name(result, NAMES, answer.name)
    got = {
        name: array(given[name], net.weights[name].shape, f'gradients["{name}"]', f"that of {name}")
        for name in NAMES
    }
    nudged = net.nudged()
    failing = [name for name in NAMES if not np.allclose(got[name], nudged[name], 1e-5, 1e-7)]
    if not failing:
        return
    if not any(gradient.any() for gradient in got.values()):
        raise Wrong("All five gradients are still zero: the body of the loop is missing.")
    raise Wrong(*_named(got, nudged, failing), *_explained(net, got, failing))


def _shapes(wrong: Wrong, net: Network) -> list[str]:
    """What helps when NumPy refuses two shapes."""
    if not any(word in wrong.findings[0] for word in ("mismatch", "broadcast", "not aligned")):
        return []
    shapes = ", ".join(f"{name} {net.weights[name].shape}" for name in ("W_xh", "W_hh", "W_hy"))
    return [
        (
            f"The shapes are {shapes}. On the way back each matrix is transposed, `W_hy.T`; a gradient has "
            "the shape of its weight, so `np.outer` takes first what has the rows."
        )
    ]


def _named(
    got: Mapping[str, Numbers], nudged: Mapping[str, Array], wrong: list[str]
) -> Iterator[str]:
    """Say which gradients are wrong, each where it is worst, and which are right."""
    for name in wrong:
        if not got[name].any():
            yield f"The gradient of `{name}` is all zeros: nothing was added to it."
            continue
        at = np.unravel_index(int(np.argmax(np.abs(got[name] - nudged[name]))), got[name].shape)
        place = ", ".join(str(int(index)) for index in at)
        yield (
            f"The gradient of `{name}` is wrong: at [{place}] it is {spelled(got[name][at])}; nudging "
            f"`{name}[{place}]` gives {spelled(nudged[name][at])}."
        )
    right = [f"`{name}`" for name in NAMES if name not in wrong]
    if right:
        yield f"Right already: {', '.join(right)}."


def _explained(net: Network, got: Mapping[str, Numbers], wrong: list[str]) -> list[str]:
    """One or two slips that explain all five gradients; else what each looks like by itself."""
    square = len({*net.weights["W_hy"].shape, net.x.shape[1]}) == 1
    known = [slip for slip in SLIPS if square or slip != "W_hy transposed"]
    one = {slip: _gradients(net, frozenset([slip])) for slip in known}
    for slip, gradients in one.items():
        if all(close(got[name], gradients[name]) for name in NAMES):
            return [SLIPS[slip]]
    for pair in combinations(known, 2):
        gradients = _gradients(net, frozenset(pair))
        if all(close(got[name], gradients[name]) for name in NAMES):
            return [f"Two things at once. {SLIPS[pair[0]]}", SLIPS[pair[1]]]
    sentences: list[str] = []
    for name in wrong:
        like = [slip for slip in known if close(got[name], one[slip][name])]
        if like and got[name].any():
            sentences.append(f"`{name}`: {SLIPS[like[0]]}")
    if sentences:
        return sentences
    if "W_hy" in wrong or "b_y" in wrong:
        return [
            "Mend `W_hy` and `b_y` first: they need only `d_y`, and everything else follows from it."
        ]
    return [
        "The output layer is right, so `d_y` is. Look at `d_h`, `d_a` and `d_h_next`, in this order."
    ]


EXERCISE = Exercise(
    name="bptt",
    title="The backward loop",
    function="backward",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("One step: the five gradients agree with central differences", _one_step),
        Check("Five steps: what flows back through time is there", _through_time),
        Check("Seven steps of another network, three of everything", _square),
    ),
)
