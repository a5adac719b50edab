"""`check`: every parameter, its worst element, both numbers; and it notices a wrong gradient."""

import numpy as np

from rnn.cells.gru import GRU
from rnn.text.char_model import CharModel


def test_every_cell_passes_and_is_in_the_table(command):
    code, out, err = command("check")
    assert (code, err) == (0, "")
    rows = out.splitlines()
    assert rows[0].split("  ")[0] == "network"
    for name in ("rnn tanh", "rnn relu", "rnn sigmoid", "rnn linear", "lstm", "gru", "gru, 2 lay"):
        assert any(row.startswith(f"{name}") for row in rows)
    assert rows[-1] == "47 of 47 parameters have an error of at most 1e-06."


def test_a_wrong_gradient_is_found(command, monkeypatch):
    def wrong(self, weights, cache, d_state, gradients, right=GRU.backward):
        d_x, (d_h,) = right(self, weights, cache, d_state, gradients)
        gradients["b_hn"][...] += 1e-3
        return d_x, (d_h,)

    monkeypatch.setattr(GRU, "backward", wrong)
    code, out, _ = command("check")
    assert code == 1
    assert out.splitlines()[-1] == "42 of 47 parameters have an error of at most 1e-06."


def test_a_trained_model_passes(command, model):
    code, out, err = command("check", model)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "5 of 5 parameters have an error of at most 1e-06."


def test_a_model_with_a_wrong_gradient_is_found(command, model, monkeypatch):
    def wrong(
        self, inputs, targets, state, gradients, rng=None, right=CharModel.loss_and_gradients
    ):
        result = right(self, inputs, targets, state, gradients, rng)
        gradients["layer0.W_hh"][3, 5] += np.abs(gradients.flat).max()
        return result

    monkeypatch.setattr(CharModel, "loss_and_gradients", wrong)
    code, out, _ = command("check", model)
    assert code == 1
    (row,) = [row for row in out.splitlines() if "W_hh" in row]
    assert "[3, 5]" in row
