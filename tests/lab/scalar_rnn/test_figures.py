"""Every figure holds the true numbers, one sentence about them, and a table of what it draws."""

import numpy as np
import pytest

from lab.kit.words import number
from lab.scalar_rnn.declaration import DECLARATION
from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights, backward, forward, mean_squared_error
from rnn.sequences import SEQUENCES, to_unit_range
from tests.lab.scalar_rnn.playing import opened, values, weights, work

NAMES = [figure.name for figure in DECLARATION.figures]
SET = {"w_x": 0.5, "w_h": -1.0, "w_y": 2.0, "b_h": 0.25, "b_y": -0.5, "activation": "linear"}


def by_hand(**options):
    """The linear example of tests/rnn/test_one_unit.py: inputs 1, 2, 3, targets 2, 3, 1."""
    return opened(sequence="custom", numbers="1 2 3 1", normalise="off", **SET, **options)


def figure(lab, name):
    return lab.snapshot()["figures"][name]


def table(data):
    return dict(zip(data["columns"], (column.tolist() for column in data["data"]), strict=True))


def recomputed(lab):
    """The same pass with the engine alone."""
    raw = SEQUENCES[values(lab)["sequence"]](values(lab)["length"])
    scale = to_unit_range(raw)
    series = [scale.normalise(value) for value in raw]
    f = ACTIVATIONS[values(lab)["activation"]]
    trace = forward(weights(lab), series[:-1], f)
    back = backward(weights(lab), series[:-1], series[1:], trace, f)
    return scale, series, trace, back


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_sentence_and_tables_of_equal_columns(name):
    lab = opened()
    lab.act("train")
    work(lab, 3)
    data = figure(lab, name)
    assert data["summary"].endswith(".")
    assert data["tables"]
    for each in data["tables"]:
        assert len(each["columns"]) == len(each["data"])
        assert len({len(column) for column in each["data"]}) == 1
        assert "_" not in "".join(each["columns"]).replace("w_h", "")


def test_the_network_by_hand():
    data = figure(by_hand(step=2), "network")
    assert data["hidden"].tolist() == [0.75, 0.5, 1.25]
    assert data["outputs"].tolist() == [1.0, 0.5, 2.0]
    assert data["weights"] == {name: SET[name] for name in Weights._fields}
    assert data["summary"] == (
        "Step 2 of 3: the input 2.00 and the hidden state 0.750 give the new hidden state 0.500; "
        "the unit predicts 0.500, the next value is 3.00."
    )


def test_the_first_step_starts_from_no_memory():
    assert "the hidden state 0 give" in figure(by_hand(step=1), "network")["summary"]


def test_tracks_by_hand():
    data = figure(by_hand(), "tracks")
    # (1 - 2)^2 + (0.5 - 3)^2 + (2 - 1)^2 = 8.25, a third of it 2.75, its root 1.658
    assert "by 1.66 in the root mean square (loss 2.75)" in data["summary"]
    assert "between 0.500 and 1.25" in data["summary"]


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_predictions_are_shown_in_both_units(sequence):
    lab = opened(sequence=sequence, length=8)
    scale, _, trace, _ = recomputed(lab)
    shown = table(figure(lab, "tracks")["tables"][0])
    assert shown["prediction y"] == trace.outputs
    assert shown["target in own units"] == pytest.approx(SEQUENCES[sequence](8)[1:])
    own = [scale.restore(y) for y in trace.outputs]
    assert shown["prediction in own units"] == pytest.approx(own)
    assert figure(lab, "tracks")["scale"] == scale._asdict()


def test_the_loss_curve_has_a_reference_that_is_always_answering_the_mean():
    lab = opened()
    targets = figure(lab, "network")["targets"]
    mean = mean_squared_error([float(targets.mean())] * len(targets), targets.tolist())
    assert figure(lab, "losses")["references"][0]["y"] == pytest.approx(mean)
    assert figure(lab, "losses")["summary"] == "No training yet."


def test_gradients_are_the_engines_and_shares_add_up():
    lab = opened(clip_limit=0.05)
    _, series, trace, back = recomputed(lab)
    weighted, shares = figure(lab, "gradients")["panels"]
    before, after = (one["values"].tolist() for one in weighted["series"])
    assert before == list(back.gradient)
    assert after == [min(max(slope, -0.05), 0.05) for slope in before]
    drawn = shares["series"][0]["values"]
    assert drawn.tolist() == pytest.approx(
        [d * h for d, h in zip(back.error_signals, [0.0, *trace.hidden[:-1]], strict=True)]
    )
    assert drawn.sum() == pytest.approx(back.gradient.w_h)
    assert len(shares["labels"]) == len(series) - 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"clip_limit": 1e-6}, "Clipping cut w_x, w_h, w_y, b_h, b_y."),
        ({"clip_limit": 100}, "Clipping changes nothing here."),
        ({"clip_limit": 1e-6, "clip": "off"}, "Clipping is off."),
    ],
)
def test_the_gradients_sentence_names_what_was_cut(options, words):
    assert figure(opened(**options), "gradients")["summary"].endswith(words)


def words_of(line):
    return "".join(part.get("text") or part.get("number") or part["symbol"] for part in line)


def test_the_readout_puts_the_numbers_into_the_formulas():
    hidden, output = by_hand(step=2).snapshot()["readout"][:2]
    assert words_of(hidden) == "h_2 = (0.500 · 2.00 + −1.00 · 0.750 + 0.250) = (0.500) = 0.500"
    assert words_of(output) == "y_2 = 2.00 · 0.500 + −0.500 = 0.500"
    assert [part["name"] for part in hidden if "number" in part] == [
        *("w_x", "x_2", "w_h", "h_1", "b_h", "sum", "h_2")
    ]


def test_the_readout_tells_prediction_and_next_value_in_the_sequences_own_units():
    lab = opened(sequence="linear", length=8, step=3)
    scale, _, trace, _ = recomputed(lab)
    said = words_of(lab.snapshot()["readout"][2])
    predicted = number(scale.restore(trace.outputs[2]))
    assert said == f"in the sequence’s own units: predicted {predicted}, next 4.00"


def test_the_loss_curve_has_each_epochs_loss_where_the_epoch_began():
    lab = opened(pace="one")
    seen = []
    for _ in range(3):
        trace, problem = recomputed(lab)[2], figure(lab, "network")
        seen.append(mean_squared_error(trace.outputs, problem["targets"].tolist()))
        lab.act("train")
    curve = figure(lab, "losses")["series"][0]
    assert curve["x"].tolist() == [0.0, 3.0, 6.0, 9.0]
    assert curve["y"].tolist()[:3] == pytest.approx(seen)
    assert curve["y"][3] < curve["y"][2]
    lab.set({"w_y": -3})
    assert figure(lab, "losses")["series"][0]["y"].tolist() == curve["y"].tolist()  # not BPTT's


@pytest.mark.parametrize(
    ("activation", "name"), [("tanh", "tanh"), ("relu", "ReLU"), ("sigmoid", "σ"), ("linear", "")]
)
def test_the_readout_follows_the_step_and_names_the_activation(activation, name):
    lab = opened(activation=activation)
    for step in (1, 5, 9):
        lab.set({"step": step})
        data, readout = figure(lab, "network"), lab.snapshot()["readout"]
        assert words_of(readout[0]).startswith(f"h_{step} = {name}(")
        assert readout[0][-1]["number"] == number(data["hidden"][step - 1])
        assert readout[1][-1]["number"] == number(data["outputs"][step - 1])


def test_arrays_are_plain_float64():
    for name in NAMES:
        for each in figure(opened(), name)["tables"]:
            assert all(column.dtype == np.float64 for column in each["data"])
