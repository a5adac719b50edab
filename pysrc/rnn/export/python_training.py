"""A script can also go on learning: the same steps for many texts at once, and each one back.

Backpropagation through time and Adam (Kingma & Ba 2015) in NumPy, as plainly as they can be said.
The optimiser starts afresh, since its memory would make the script three times as long.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Training:
    """How the script goes on learning unless it is told otherwise."""

    rate: float
    batch: int
    window: int  # characters backpropagated through
    clip: float  # of the gradient's norm


STEPS = {
    "rnn": '''
def forward(x, state, w):
    """One step of one layer for many texts: x (texts, inputs), state (h,)."""
    (h,) = state
    after = np.tanh(x @ w["W_xh"].T + h @ w["W_hh"].T + w["b_h"])
    return (after,), (x, h, after)


def backward(d_state, kept, w, d_w):
    """The same step back: adds to dL/dw; gives dL/dx and dL/dstate before it."""
    (d_h,) = d_state
    x, h, after = kept
    d_z = d_h * (1.0 - after * after)
    d_w["W_xh"] += d_z.T @ x
    d_w["W_hh"] += d_z.T @ h
    d_w["b_h"] += d_z.sum(axis=0)
    return d_z @ w["W_xh"], (d_z @ w["W_hh"],)
''',
    "lstm": '''
def forward(x, state, w):
    """One step of one layer for many texts: x (texts, inputs), state (h, c)."""
    h, before = state
    i, f, g, o = np.split(x @ w["W_xh"].T + h @ w["W_hh"].T + w["b_h"], 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    c = f * before + i * g
    t = np.tanh(c)
    return (o * t, c), (x, h, before, i, f, g, o, t)


def backward(d_state, kept, w, d_w):
    """The same step back: adds to dL/dw; gives dL/dx and dL/dstate before it."""
    d_h, d_c = d_state
    x, h, before, i, f, g, o, t = kept
    d_c = d_c + d_h * o * (1.0 - t * t)
    d_i, d_f = d_c * g * i * (1.0 - i), d_c * before * f * (1.0 - f)
    d_g, d_o = d_c * i * (1.0 - g * g), d_h * t * o * (1.0 - o)
    d_z = np.concatenate([d_i, d_f, d_g, d_o], axis=1)
    d_w["W_xh"] += d_z.T @ x
    d_w["W_hh"] += d_z.T @ h
    d_w["b_h"] += d_z.sum(axis=0)
    return d_z @ w["W_xh"], (d_z @ w["W_hh"], d_c * f)
''',
    "gru": '''
def forward(x, state, w):
    """One step of one layer for many texts: x (texts, inputs), state (h,)."""
    (h,) = state
    x_r, x_z, x_n = np.split(x @ w["W_xh"].T + w["b_h"], 3, axis=1)
    h_r, h_z, h_n = np.split(h @ w["W_hh"].T, 3, axis=1)
    r, z, h_n = sigmoid(x_r + h_r), sigmoid(x_z + h_z), h_n + w["b_hn"]
    n = np.tanh(x_n + r * h_n)
    return ((1.0 - z) * n + z * h,), (x, h, r, z, n, h_n)


def backward(d_state, kept, w, d_w):
    """The same step back: adds to dL/dw; gives dL/dx and dL/dstate before it."""
    (d_h,) = d_state
    x, h, r, z, n, h_n = kept
    d_n = d_h * (1.0 - z) * (1.0 - n * n)
    d_r, d_z = d_n * h_n * r * (1.0 - r), d_h * (h - n) * z * (1.0 - z)
    d_x = np.concatenate([d_r, d_z, d_n], axis=1)
    d_product = np.concatenate([d_r, d_z, d_n * r], axis=1)  # of h and W_hh
    d_w["W_xh"] += d_x.T @ x
    d_w["W_hh"] += d_product.T @ h
    d_w["b_h"] += d_x.sum(axis=0)
    d_w["b_hn"] += (d_n * r).sum(axis=0)
    return d_x @ w["W_xh"], (d_h * z + d_product @ w["W_hh"],)
''',
}
"""One step of each kind of cell, there and back, as the script has it."""

TRAINING = '''
{step}

def loss_and_gradients(inputs, targets, states):
    """Backpropagation through time over one window, indices (steps, texts), in nats."""
    gradients = {{}}
    for part, w in WEIGHTS.items():
        gradients[part] = {{name: np.zeros_like(array) for name, array in w.items()}}
    head, d_head, count = WEIGHTS["head"], gradients["head"], targets.size
    kept, d_tops, loss = [], [], 0.0
    for read_now, wanted in zip(inputs, targets):
        x, after, caches = np.eye(len(VOCABULARY), dtype=DTYPE)[read_now], [], []
        for layer, state in enumerate(states):
            state, cache = forward(x, state, WEIGHTS[f"layer{{layer}}"])
            after.append(state)
            caches.append(cache)
            x = state[0]
        states = after
        p = x @ head["W_hy"].T + head["b_y"]
        p = np.exp(p - p.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        places = np.arange(len(wanted))
        loss -= np.log(p[places, wanted]).sum() / count
        p[places, wanted] -= 1.0  # the gradient of the scores: the guess minus the truth
        p /= count
        d_head["W_hy"] += p.T @ x
        d_head["b_y"] += p.sum(axis=0)
        kept.append(caches)
        d_tops.append(p @ head["W_hy"])
    d_states = [tuple(np.zeros_like(part) for part in state) for state in states]
    for caches, d_x in zip(kept[::-1], d_tops[::-1]):
        for layer in reversed(range(LAYERS)):
            name, (d_h, *others) = f"layer{{layer}}", d_states[layer]
            d_state = (d_h + d_x, *others)
            d_x, d_states[layer] = backward(d_state, caches[layer], WEIGHTS[name], gradients[name])
    return loss, gradients, states


def train(text, rate, minutes):
    """Go on learning from a text until the time is over or Ctrl-C is pressed."""
    indices = np.array([VOCABULARY.index(character) for character in text])
    length = (len(indices) - 1) // {batch}
    if length < 1:
        refuse("The text must have more than {batch} characters.")
    inputs = indices[: length * {batch}].reshape({batch}, length).T
    targets = indices[1 : length * {batch} + 1].reshape({batch}, length).T
    arrays = [(part, name) for part, weights in WEIGHTS.items() for name in weights]
    mean = {{key: np.zeros_like(WEIGHTS[key[0]][key[1]]) for key in arrays}}
    square = {{key: np.zeros_like(WEIGHTS[key[0]][key[1]]) for key in arrays}}
    at, smoothed, shown, end = 0, None, 0.0, time.time() + 60 * minutes
    for step in itertools.count(1):
        if at + 1 >= length or step == 1:  # the streams begin: nothing is remembered
            at = 0
            zeros = [np.zeros(({batch}, HIDDEN), DTYPE)] * PARTS
            states = [tuple(zeros) for _ in range(LAYERS)]
        window = slice(at, at + {window})
        loss, gradients, states = loss_and_gradients(inputs[window], targets[window], states)
        at += {window}
        norm = sum(float((gradients[part][name] ** 2).sum()) for part, name in arrays) ** 0.5
        for part, name in arrays:  # Adam
            key, g = (part, name), gradients[part][name] * min(1.0, {clip:g} / max(norm, 1e-12))
            mean[key] += 0.1 * (g - mean[key])
            square[key] += 0.001 * (g * g - square[key])
            m, v = mean[key] / (1.0 - 0.9**step), square[key] / (1.0 - 0.999**step)
            WEIGHTS[part][name] -= (rate * m / (np.sqrt(v) + 1e-8)).astype(DTYPE)
        smoothed = loss if smoothed is None else 0.99 * smoothed + 0.01 * loss
        if time.time() > min(shown + 2.0, end):
            shown = time.time()
            print(f"step {{step:,}}: {{smoothed / np.log(2.0):.3f}} bits per character", flush=True)
        if time.time() > end:
            break


def go_on(path, output, rate, minutes):
    """Train on a file and save the weights, also after Ctrl-C."""
    with open(path, encoding="utf-8-sig") as file:
        text = file.read()
    if unknown := set(text) - set(VOCABULARY):
        refuse(f"The model does not know {{''.join(sorted(unknown))!a}}.")
    try:
        train(text, rate, minutes)
    except KeyboardInterrupt:
        print()
    named = [(f"{{part}}.{{n}}", a) for part, w in WEIGHTS.items() for n, a in w.items()]
    np.savez(output, **dict(named))
    print(f"Saved in {{output}}. To write with it: --weights {{output}}")


def use(path):
    """Take the weights that `--train` saved."""
    with np.load(path, allow_pickle=False) as saved:
        for part, weights in WEIGHTS.items():
            for name, array in weights.items():
                weights[name] = saved[f"{{part}}.{{name}}"].astype(DTYPE).reshape(array.shape)

'''
"""The loss, its gradients and Adam, as the script has them."""

USAGE = """    python {name} --train book.txt --minutes 10
    python {name} --weights more.npz
"""
"""The lines on training in the script's help."""

OPTIONS = """\
    parser.add_argument("--train", metavar="TEXT", help="go on learning from this file")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long")
    parser.add_argument("--rate", type=float, default={rate!r}, help="learning rate")
    parser.add_argument("--output", default="more.npz", help="where the weights go")
    parser.add_argument("--weights", metavar="FILE", help="weights that --train has saved")
"""
"""The options of training in the script."""

USE = """    if chosen.weights:
        use(chosen.weights)
    if chosen.train:
        go_on(chosen.train, chosen.output, chosen.rate, chosen.minutes)
        return
"""
"""What the script does with them."""
