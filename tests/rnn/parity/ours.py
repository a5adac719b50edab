"""A case computed by this engine: everything PyTorch can be asked for too, by name."""

from collections.abc import Iterator

import numpy as np

from rnn.parameters import Parameters
from tests.rnn.parity.cases import Case, Drawn

Results = dict[str, np.ndarray]  # names beginning with d_ are gradients


def run(case: Case, drawn: Drawn, dtype: type) -> Results:
    parameters = Parameters.holding(drawn.parameters, dtype)
    gradients = parameters.zeros()
    inputs, d_outputs = drawn.inputs.astype(dtype), drawn.d_outputs.astype(dtype)
    initial = drawn.initial and list(_per_walk(drawn.initial, dtype))
    done = case.stack.forward(parameters, inputs, initial, drawn.mask)
    back = case.stack.backward(
        parameters, done, d_outputs, gradients, list(_per_walk(drawn.d_final, dtype))
    )
    results = {"outputs": done.outputs, **_by_name("final", done.final_states)}
    results |= {"d_inputs": back.d_inputs, **_by_name("d_initial", back.d_initial_states)}
    return results | {f"d_{name}": gradients[name] for name in gradients}


def nearest_corner(case: Case, drawn: Drawn) -> float:
    """How near any unit's sum comes to zero."""
    initial = drawn.initial and list(_per_walk(drawn.initial, np.float64))
    done = case.stack.forward(drawn.parameters, drawn.inputs, initial, drawn.mask)
    nearest = np.inf
    prefixes = dict.fromkeys(name.rpartition(".")[0] + "." for name in drawn.parameters)
    for prefix, walk in zip(prefixes, done.walks, strict=True):
        W_xh, W_hh, b_h = (drawn.parameters[prefix + part] for part in ("W_xh", "W_hh", "b_h"))
        for cache in walk.caches:
            sums = cache["x"] @ W_xh.T + cache["h_before"] @ W_hh.T + b_h
            nearest = min(nearest, float(np.abs(sums).min()))
    return nearest


def _per_walk(parts: list[np.ndarray], dtype: type) -> Iterator[tuple[np.ndarray, ...]]:
    for walk in range(len(parts[0])):
        yield tuple(part[walk].astype(dtype) for part in parts)


def _by_name(prefix: str, states: list[tuple[np.ndarray, ...]]) -> Results:
    return {
        f"{prefix}_{name}": np.stack([state[index] for state in states])
        for index, name in enumerate(("h", "c")[: len(states[0])])
    }
