"""The gradient checks of stacks, attention and the encoder-decoder: everything in one vector.

Each takes what it checks, so that a mutated module's can be checked by the same lines.
"""

import numpy as np

from rnn.gradient_check import check_gradients
from rnn.losses import softmax_cross_entropy
from rnn.parameters import Parameters

TIME, BATCH, WIDTH = 4, 3, 2
LENGTHS = [4, 2, 3]
MASK = np.arange(TIME)[:, None] < np.array(LENGTHS)
RAGGED = np.array([[1, 0, 1], [0, 1, 1], [1, 1, 0], [1, 0, 1]], dtype=bool)
TARGET_MASK = np.arange(3)[:, None] < np.array([2, 3, 1])
FIRST = 0


def draw_stack(stack, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    parameters = Parameters(stack.shapes, dtype)
    stack.initialise(parameters, rng)
    parameters.flat += 0.3 * rng.standard_normal(parameters.flat.shape)
    inputs = rng.standard_normal((TIME, BATCH, stack.inputs)).astype(dtype)
    return parameters, inputs


def random_states(stack, rng):
    return [
        tuple(rng.standard_normal(part.shape) for part in state)
        for state in stack.zero_states(BATCH)
    ]


def stack_records(stack, mask=None, truncate=None, dropout_seed=None):
    """Check the weights, the inputs and every initial state; the loss weighs all that comes out."""
    drawn, inputs = draw_stack(stack)
    rng = np.random.default_rng(100)
    states = random_states(stack, rng)
    named = {f"{w}.{i}": part for w, state in enumerate(states) for i, part in enumerate(state)}
    everything = Parameters.holding({**drawn, "inputs": inputs, **named})
    views = [
        tuple(everything[f"{w}.{i}"] for i in range(len(state))) for w, state in enumerate(states)
    ]
    on_outputs = rng.standard_normal((TIME, BATCH, stack.outputs))
    on_states = random_states(stack, rng)

    def run():
        drops = None if dropout_seed is None else np.random.default_rng(dropout_seed)
        return stack.forward(everything, everything["inputs"], views, mask, drops)

    def loss():
        done = run()
        finals = zip(done.final_states, on_states, strict=True)
        return float(
            (done.outputs * on_outputs).sum()
            + sum((a * b).sum() for f, w in finals for a, b in zip(f, w, strict=True))
        )

    gradients = everything.zeros()
    back = stack.backward(everything, run(), on_outputs, gradients, on_states, truncate)
    gradients["inputs"][...] = back.d_inputs
    for w, state in enumerate(back.d_initial_states):
        for i, part in enumerate(state):
            gradients[f"{w}.{i}"][...] = part
    return check_gradients(loss, everything, gradients)


def draw_attention(attention, seed=0):
    """Weights, a source and two queries, all in one vector."""
    queries = getattr(attention, "queries", WIDTH)
    everything = Parameters(
        {**attention.shapes, "source": (TIME, BATCH, WIDTH), "queries": (2, BATCH, queries)}
    )
    everything.flat[...] = np.random.default_rng(seed).standard_normal(everything.flat.shape)
    return everything


def look(attention, everything, mask):
    memory = attention.remember(everything, everything["source"], mask)
    return memory, [attention.forward(everything, query, memory) for query in everything["queries"]]


def attention_records(attention, mask=None):
    """Check the weights, the source and both queries over two looks at one source."""
    everything = draw_attention(attention)
    weigh = np.random.default_rng(9).standard_normal((2, BATCH, WIDTH))

    def loss():
        _, glances = look(attention, everything, mask)
        return sum(float((g.context * w).sum()) for g, w in zip(glances, weigh, strict=True))

    memory, glances = look(attention, everything, mask)
    gradients, d_memory = everything.zeros(), memory.zeros()
    for i in (1, 0):
        gradients["queries"][i] = attention.backward(
            everything, glances[i], memory, weigh[i], gradients, d_memory
        )
    gradients["source"][...] = attention.remember_backward(everything, memory, d_memory, gradients)
    return check_gradients(loss, everything, gradients)


def draw_encoder_decoder(model, seed=0):
    rng = np.random.default_rng(seed)
    parameters = Parameters(model.shapes)
    model.initialise(parameters, rng)
    parameters.flat += 0.2 * rng.standard_normal(parameters.flat.shape)
    source = rng.integers(0, model.embedding.symbols, (TIME, BATCH))
    targets = rng.integers(0, model.decoder.head.outputs, (3, BATCH))
    return parameters, source, targets


def encoder_decoder_records(model, mask=None, target_mask=None, dropout_seed=None):
    """Check every weight, from the loss of teacher-forced writing back to the source's vectors."""
    parameters, source, targets = draw_encoder_decoder(model)

    def drops():
        return None if dropout_seed is None else np.random.default_rng(dropout_seed)

    def loss():
        previous = np.concatenate([np.full((1, BATCH), FIRST), targets[:-1]])
        _, decoded = model.forward(parameters, source, previous, mask, drops())
        return softmax_cross_entropy(decoded.scores, targets, target_mask)[0]

    gradients = parameters.zeros()
    told = model.loss_and_gradients(
        parameters, source, targets, FIRST, gradients, mask, target_mask, drops()
    )
    np.testing.assert_allclose(told, loss(), rtol=1e-14)
    return check_gradients(loss, parameters, gradients)
