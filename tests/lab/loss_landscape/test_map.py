"""The map: every point is the engine's loss, every line and mark is where it says."""

import itertools

import numpy as np
import pytest

from lab.loss_landscape.declaration import DECLARATION
from lab.loss_landscape.surface import Box, problem_of
from rnn.landscape import slope_at
from rnn.one_unit import Weights, forward, mean_squared_error
from rnn.sequences import SEQUENCES
from tests.lab.loss_landscape.playing import figure, guess, opened, spell, values, walk

TASKS = [option.value for option in DECLARATION.control("task").options]


def direct(lab, w_x, w_h):
    """The loss of one place, by the engine alone."""
    problem = problem_of(values(lab))
    rest = [values(lab)[name] for name in ("w_y", "b_h", "b_y")]
    outputs = forward(Weights(w_x, w_h, *rest), problem.inputs, problem.activation).outputs
    return mean_squared_error(outputs, problem.targets)


@pytest.mark.parametrize("activation", ["linear", "tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("task", TASKS)
def test_the_table_is_the_engines_loss_at_its_places(task, activation):
    lab = opened(task=task, activation=activation, length=12, w_y=1.5, b_h=0.1, b_y=-0.2)
    table = figure(lab)["tables"][0]
    across = np.linspace(-0.5, 2.0, 16)
    up = np.linspace(1.5, 0.5, 16)
    assert len(table["rows"]) == len(table["columns"]) == 9
    assert table["columns"][0] == "w_x −0.500"
    assert table["rows"][0] == "w_h 1.50"
    for column, at in ((0, 0), (4, 8), (8, 15)):
        for row, down in ((0, 0), (4, 8), (8, 15)):
            expected = direct(lab, float(across[at]), float(up[down]))
            assert table["data"][column][row] == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(
    ("task", "inputs", "targets"),
    [
        ("carry", [1, 0, 0], [None, None, 1]),
        ("hold", [1, 1, 1], [None, None, 0.7]),
        ("linear", [-1, -1 / 3, 1 / 3], [-1 / 3, 1 / 3, 1]),
        ("alternating", [1, -1, 1], [-1, 1, -1]),
    ],
)
def test_what_is_asked_in_each_task(task, inputs, targets):
    problem = problem_of(values(opened(task=task, length=3)))
    assert problem.inputs == pytest.approx(inputs)
    assert [t for t in problem.targets if t is not None] == pytest.approx(
        [t for t in targets if t is not None]
    )
    assert [t is None for t in problem.targets] == [t is None for t in targets]


def test_the_sine_is_the_books_sine():
    problem = problem_of(values(opened(task="sine", length=12)))
    raw = np.array(SEQUENCES["sine"](13))
    assert np.corrcoef(problem.inputs, raw[:-1])[0, 1] == pytest.approx(1.0)
    assert max(map(abs, [*problem.inputs, *problem.targets])) == pytest.approx(1.0)


@pytest.mark.parametrize("points", [16, 48, 96])
def test_as_many_points_as_the_reader_chooses(points):
    data = figure(opened(resolution=points))
    assert data["points"] == points
    assert data["shades"].shape == (points, points)
    assert data["shades"].dtype == np.uint8
    assert data["shades"].max() <= data["most"] == 20
    assert f"of {points * points:,} points" in data["summary"]


def test_shades_rise_with_the_loss():
    lab = opened(resolution=48)
    surface = lab._surface
    shades = figure(lab)["shades"]
    order = np.argsort(surface.losses.ravel())
    assert (np.diff(shades.ravel()[order].astype(int)) >= 0).all()
    keys = figure(lab)["key"]
    assert [each["text"] for each in keys] == ["10⁻⁴", "10.0", "10⁶"]
    assert [each["shade"] for each in keys] == [0, 10, 20]


def test_the_cliff_is_there():
    # y_15 = w_x w_h^14: at w_h = 1.5 the loss is (2 * 1.5^14 - 1)^2 = 339,724; on the plateau 1
    lab = opened()
    assert direct(lab, 2.0, 1.5) == pytest.approx((2.0 * 1.5**14 - 1.0) ** 2)
    assert "the highest is 339,724." in figure(lab)["summary"]
    assert direct(lab, 2.0, 0.5) == pytest.approx(1.0, abs=1e-3)
    assert direct(lab, 1.0, 1.0) == 0.0
    steepest = slope_at(Weights(2.0, 1.5, 1.0, 0.0, 0.0), problem_of(values(lab))).norm
    flat = slope_at(Weights(2.0, 0.5, 1.0, 0.0, 0.0), problem_of(values(lab))).norm
    assert steepest > 1e8 * flat


def test_contour_lines_lie_at_their_loss():
    lab = opened(preset="bowl", resolution=48)
    lines = figure(lab)["lines"]
    assert [line["text"] for line in lines] == ["0.100", "1.00"]
    box = Box.of(values(lab))
    for line in lines:
        points = line["points"][np.isfinite(line["points"]).all(axis=1)]
        for across, down in points[:: len(points) // 9].tolist():
            w_x = box.low_x + across * (box.high_x - box.low_x)
            w_h = box.high_h - down * (box.high_h - box.low_h)
            assert direct(lab, w_x, w_h) == pytest.approx(float(line["text"]), rel=0.05)


def test_a_line_finer_than_the_points_is_left_out():
    lines = figure(opened(resolution=48))["lines"]
    assert [line["text"] for line in lines] == ["1.00", "100", "10⁴"]


@pytest.mark.parametrize("preset", [preset.name for preset in DECLARATION.presets])
def test_the_names_of_lines_stand_on_them_and_not_on_one_another(preset):
    lab = opened()
    lab.set({"preset": preset})
    named = [line for line in figure(lab)["lines"] if line["label"]]
    for line in named:
        x, y = line["label"]
        assert 0.05 < x < 0.95
        assert 0.03 < y < 0.97
        assert np.nanmin(np.hypot(*(line["points"].reshape(-1, 2) - [x, y]).T)) < 0.001
    for one, other in itertools.combinations([line["label"] for line in named], 2):
        assert abs(one[0] - other[0]) > 0.15 or abs(one[1] - other[1]) > 0.07


def test_the_lowest_point_is_named():
    lab = opened(preset="plateau", resolution=32)
    low_x, low_h, lowest = lab._surface.lowest
    assert lowest == lab._surface.losses.min()
    assert direct(lab, low_x, low_h) == pytest.approx(lowest)


def test_marks_are_shares_of_the_map():
    lab = opened(w_x=0.75, w_h=1.25, look_x=2.0, look_h=0.5)
    data = figure(lab)
    assert data["start"] == (0.5, 0.25)
    assert data["cursor"] == (1.0, 1.0)
    assert [tick["text"] for tick in data["x"]["ticks"]] == ["0", "1.00", "2.00"]
    assert [tick["at"] for tick in data["x"]["ticks"]] == pytest.approx([0.2, 0.6, 1.0])
    assert [tick["text"] for tick in data["y"]["ticks"]] == ["0.500", "1.00", "1.50"]
    assert [tick["at"] for tick in data["y"]["ticks"]] == pytest.approx([1.0, 0.5, 0.0])


def test_the_readout_is_loss_and_gradient_at_the_cursor():
    lab = opened(look_x=1.0, look_h=1.1)
    slope = slope_at(Weights(1.0, 1.1, 1.0, 0.0, 0.0), problem_of(values(lab)))
    # y = 1.1^14 = 3.797; L = 2.797^2 = 7.83; dL/dw_x = 2 * 2.797 * 3.797 = 21.2
    assert slope.d_w_x == pytest.approx(2 * (1.1**14 - 1) * 1.1**14)
    first, second = map(spell, lab.snapshot(())["readout"])
    assert first == "At 1.00, 1.10  the loss is 7.83 and its gradient (21.2, 270)"
    assert second == "One update from here: 0.0500 · 271 = 13.6 or at most 0.00500"
    assert figure(lab)["spoken"] == "w_x 1.00, w_h 1.10: loss 7.83, gradient 271 long"


def test_the_landscape_is_drawn_anew_only_when_it_changes():
    lab = opened()
    stamp = figure(lab)["stamp"]
    for change in ({"look_x": 0.1}, {"w_x": 1.0}, {"learning_rate": 0.1}, {"seed": 5}):
        lab.set(change)
        assert figure(lab)["stamp"] == stamp
    for change in ({"length": 10}, {"activation": "tanh"}, {"w_y": 2.0}, {"width_x": 3.0}):
        lab.set(change)
        assert figure(lab)["stamp"] == stamp + 1
        stamp += 1


def test_paths_and_guesses_lie_where_they_were():
    lab = opened(updates=20)
    walk(lab)
    guess(lab)
    data = figure(lab)
    clipped, free = data["paths"]
    assert (clipped["style"], free["style"]) == ("clipped", "free")
    assert clipped["points"].shape == (21, 2)
    box = Box.of(values(lab))
    for path, taken in zip(data["paths"], lab._walks, strict=True):
        inside = [box.share(place.w_x, place.w_h) for place in taken.places[:5]]
        assert path["points"][:5] == pytest.approx(np.array(inside), abs=1e-6)
    assert data["dots"].shape == (60, 2)
    assert data["dots"].min() >= 0.0
    assert data["dots"].max() <= 1.0
    w_x, w_h, lowest = lab._guesses.best
    assert direct(lab, w_x, w_h) == pytest.approx(lowest)
    assert data["best"]["at"] == pytest.approx(box.share(w_x, w_h))


def test_a_path_that_leaves_is_marked_at_the_edge_and_keeps_its_direction():
    lab = opened()
    walk(lab)
    free = figure(lab)["paths"][1]
    across, down = free["left"]["at"]
    assert down == pytest.approx(1.0)
    assert 0.3 < across < 0.4
    assert free["left"]["text"].startswith("leaves for −")
    assert free["text"] == "not clipped: thrown off"
    assert free["end"] is None
    before, after = free["points"][-2:]
    assert np.abs(after).max() <= 51
    edge = before + (after - before) * ((1.0 - before[1]) / (after[1] - before[1]))
    assert edge == pytest.approx([across, down], abs=1e-4)


def test_numbers_beyond_all_bounds_are_drawn():
    lab = opened(width_h=1e6, w_h=1e6, length=50, w_y=1e6)
    data = figure(lab)
    assert "the highest is ∞." in data["summary"]
    assert np.isfinite(lab._surface.powers).all()
    walk(lab)
    assert "the loss is too large to begin with" in lab.snapshot(())["said"]


def test_figures_have_a_sentence_and_tables_of_equal_columns():
    lab = opened()
    walk(lab)
    guess(lab)
    for name, data in lab.snapshot()["figures"].items():
        assert data["summary"].endswith("."), name
        for table in data["tables"]:
            assert len(table["columns"]) == len(table["data"])
            assert len({len(column) for column in table["data"]}) == 1
