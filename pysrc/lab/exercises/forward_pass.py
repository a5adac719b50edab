"""The forward pass over a sequence, with its loss: what backpropagation through time starts from."""

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, Wrong, array, number, parts, same
from lab.exercises.small_network import NAMES, Network, network
from rnn.losses import softmax

STORY = """
Now with matrices, over a whole sequence of symbols. At each step the network makes a new memory
and gives every symbol a score. The loss is the mean, over the $T$ steps, of minus the logarithm
of the *probability* that the right symbol got. A score is not a probability: the softmax comes
before the logarithm, a step that many articles leave out.

$$
\\begin{aligned}
h_t &= \\tanh(W_{xh} x_t + W_{hh} h_{t-1} + b_h) \\\\
y_t &= W_{hy} h_t + b_y \\qquad p_t = \\operatorname{softmax}(y_t) \\\\
L &= -\\frac{1}{T} \\sum_t \\ln p_t[\\text{target}_t]
\\end{aligned}
$$

In the array `h`, row 0 is the memory before the first step, and `h[t + 1]` the one after reading
`x[t]`.
"""

STARTER = '''\
import numpy as np


def softmax(scores):
    grown = np.exp(scores - scores.max())
    return grown / grown.sum()


def forward(x, targets, h_0, W_xh, W_hh, W_hy, b_h, b_y):
    """Return memories h (T + 1, hidden), scores y (T, outputs), and the loss.

    x (T, inputs), targets (T,) whole numbers, h_0 (hidden,)
    """
    T = len(x)
    h = np.zeros((T + 1, len(b_h)))
    y = np.zeros((T, len(b_y)))
    h[0] = h_0
    loss = 0.0
    for t in range(T):
        # Your lines: h[t + 1], y[t], and this step's share of the loss.
        pass
    return h, y, loss
'''

SOLUTION = STARTER.replace(
    "        # Your lines: h[t + 1], y[t], and this step's share of the loss.\n        pass\n",
    "        h[t + 1] = np.tanh(W_xh @ x[t] + W_hh @ h[t] + b_h)\n"
    "        y[t] = W_hy @ h[t + 1] + b_y\n"
    "        p = softmax(y[t])\n"
    "        loss += -np.log(p[targets[t]]) / T\n",
)

HINTS = (
    "`W_xh @ x[t]` is a matrix times a vector. The memory before step `t` is `h[t]`, the one after it `h[t + 1]`.",
    "The loss of one step is `-np.log(p[targets[t]])`, with `p = softmax(y[t])`. The mean divides by `T`.",
    "`h[t + 1] = np.tanh(W_xh @ x[t] + W_hh @ h[t] + b_h)`",
)


def _one_step(answer: Answer) -> None:
    _ask(answer, network(3, 2, [2], seed=4))


def _sequence(answer: Answer) -> None:
    _ask(answer, network(4, 3, [2, 1, 3, 3, 0], seed=5))


def _long(answer: Answer) -> None:
    _ask(answer, network(5, 6, np.random.default_rng(6).integers(0, 5, 30).tolist(), seed=6))


def _ask(answer: Answer, net: Network) -> None:
    weights = [net.weights[name] for name in NAMES]
    result = answer(net.x, net.targets, net.start, *weights)
    given_h, given_y, given_loss = parts(result, ("h", "y", "loss"), answer.name)
    h, y, loss = net.forward()
    got_h = array(given_h, h.shape, "h", "(time + 1, hidden)")
    got_y = array(given_y, y.shape, "y", "(time, outputs)")
    if not np.any(got_h[1:]):
        raise Wrong("All memories after the first are still zero: the body of the loop is missing.")
    W_xh, W_hh, W_hy, b_h, b_y = weights
    sums = net.x @ W_xh.T + b_h
    never_back = np.concatenate((net.start[None], np.tanh(sums)))
    straight, from_first = [net.start], [net.start]
    for row in sums:
        straight.append(row + W_hh @ straight[-1])
        from_first.append(np.tanh(row + W_hh @ net.start))
    same("h", got_h, h, {
        "It looks as if the memory were not fed back: `W_hh @ h[t]` is missing.": never_back,
        "It looks as if every step started from h_0; step t starts from h[t].": np.array(from_first),
        "It looks as if the tanh were missing.": np.array(straight),
        "It looks as if W_hh were transposed.": _run(net, W_hh.T, b_h),
        "It looks as if the bias b_h were missing.": _run(net, W_hh, 0.0 * b_h),
    })  # fmt: skip
    same("y", got_y, y, {
        "It looks as if the scores were read from the memory before the step; read h[t + 1].":
            h[:-1] @ W_hy.T + b_y,
        "It looks as if the bias b_y were missing.": h[1:] @ W_hy.T,
        "These are the probabilities. y are the scores; the softmax is only for the loss.": softmax(y),
    })  # fmt: skip
    _judge_loss(net, number(given_loss, "loss"), y, loss)


def _judge_loss(net: Network, got: float, y: np.ndarray, loss: float) -> None:
    T, at = len(y), (np.arange(len(y)), net.targets)
    p = softmax(y)
    with np.errstate(all="ignore"):
        of_scores = -np.log(y[at])
    same("loss", got, loss, {
        "It looks as if the logarithm of the score were taken. First the softmax, then the logarithm.":
            of_scores.mean(),
        "It looks as if the scores of the targets were averaged; softmax and logarithm are missing.":
            -y[at].mean(),
        "It looks as if the probabilities were averaged; the logarithm is missing.": -p[at].mean(),
        "It is the sum over the steps; divide by T, or a longer text would look harder.": loss * T,
        "The sign is wrong: logarithms of probabilities are negative, a loss is not.": -loss,
        "It is the last step's loss alone: add each step's share with +=.": -np.log(p[at][-1]),
        "It is the last step's share alone: add each step's share with +=.": -np.log(p[at][-1]) / T,
        "It looks as if the logarithms of all symbols were added; only the target's counts.":
            -np.log(p).sum() / T,
        "It looks like the logarithm to base 2, which gives bits. Take np.log.": loss / np.log(2.0),
    })  # fmt: skip


def _run(net: Network, W_hh: np.ndarray, b_h: np.ndarray) -> np.ndarray:
    h = [net.start]
    for x in net.x:
        h.append(np.tanh(net.weights["W_xh"] @ x + W_hh @ h[-1] + b_h))
    return np.array(h)


EXERCISE = Exercise(
    name="forward-pass",
    title="The forward pass with its loss",
    function="forward",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("A single step", _one_step),
        Check("Five steps", _sequence),
        Check("Thirty steps of another network", _long),
    ),
)
