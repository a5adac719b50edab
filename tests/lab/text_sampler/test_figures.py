"""What the figures hold is what the network computed, with a sentence and a table each."""

import numpy as np
import pytest

from lab.kit import first_frame
from lab.kit.wire import to_json, to_packet
from rnn.text.sampling import Choice
from tests.lab.packets import decode
from tests.lab.small_models import file, model
from tests.lab.text_sampler.playing import figure, opened, set_to, text, values, words

SEED = "The whale"


def scores_after(piece):
    made = model()
    state = made.zero_state(1)
    for index in made.vocabulary.encode(piece).tolist():
        scores, state = made.step(np.array([index]), state)
    return scores[0], state[0][0][0]


def test_every_figure_has_a_sentence_and_a_table():
    for figure_ in opened(compare=True).snapshot()["figures"].values():
        assert figure_["summary"].endswith(".")
        for table in figure_["tables"]:
            lengths = {len(column) for column in table["data"]}
            if "rows" in table:
                lengths.add(len(table["rows"]))
            assert len(lengths) == 1
            assert len(table["columns"]) == len(table["data"])


def test_the_text_and_the_probability_of_each_character():
    data = figure(opened(written=40))
    count = len(SEED) + 40
    assert data["seed"] == len(SEED)
    assert len(data["characters"]) == len(data["probability"]) == count
    assert np.isnan(data["probability"][0])
    assert (data["probability"][1:] > 0).all()
    assert data["tables"][0]["rows"][3] == "␣"


@pytest.mark.parametrize("place", [12, 30])
def test_the_ten_likeliest_at_a_place(place):
    lab = set_to(opened(temperature=0.7), step=place)
    whole = text(lab)
    scores, _ = scores_after(whole[: place - 1])
    p = Choice(0.7).probabilities(scores)
    data = figure(lab, "choices")
    best = sorted(p.tolist(), reverse=True)[:10]
    np.testing.assert_allclose([row["probability"] for row in data["rows"][:10]], best, atol=1e-5)
    for row in data["rows"]:
        assert row["scaled"] == pytest.approx(row["score"] / 0.7)
    told = sum(row["probability"] for row in data["rows"])
    assert data["others"]["probability"] == pytest.approx(1 - told, abs=1e-5)
    assert data["others"]["count"] == len(p) - len(data["rows"])
    (drawn,) = [row for row in data["rows"] if row["drawn"]]
    assert drawn["label"] == whole[place - 1].replace(" ", "␣").replace("\n", "⏎")


def test_top_k_leaves_nothing_for_the_others():
    data = figure(opened(method="top-k", top_k=4), "choices")
    assert sum(row["probability"] > 0 for row in data["rows"]) == 4
    assert data["others"]["probability"] == pytest.approx(0, abs=1e-6)


def test_greedy_has_no_temperature():
    data = figure(opened(method="greedy"), "choices")
    assert data["rows"][0]["drawn"]
    assert data["rows"][0]["probability"] == 1
    assert all(row["scaled"] is None for row in data["rows"])


def test_the_strip_shows_units_around_the_cursor():
    lab = set_to(opened(), step=150)
    data = figure(lab, "strip")
    first, columns = data["start"], data["columns"]
    assert first <= 150 < first + len(columns)
    assert data["values"].shape == (len(data["rows"]), len(columns)) == (12, 48)
    _, h = scores_after(text(lab)[:150])
    units = [int(name.split()[1]) - 1 for name in data["rows"]]
    np.testing.assert_allclose(data["values"][:, 150 - first], h[units], atol=1e-3)
    assert set_to(lab, step=151).snapshot()["figures"]["strip"]["rows"] == data["rows"]


def test_all_units_at_the_cursor():
    lab = set_to(opened(), step=20)
    panels = figure(lab, "units")["panels"]
    _, h = scores_after(text(lab)[:20])
    _, before = scores_after(text(lab)[:19])
    np.testing.assert_allclose(panels[0]["series"][0]["values"], h, atol=1e-3)
    np.testing.assert_allclose(panels[1]["series"][0]["values"], h - before, atol=2e-3)


def test_perplexity_is_of_the_whole_text_as_the_model_sees_it():
    lab = opened(temperature=0.4)
    data = figure(lab, "perplexity")
    assert data["series"][0]["y"][-1] == pytest.approx(model().perplexity(text(lab)), rel=1e-3)
    assert data["references"][0]["y"] == len(model().vocabulary)


def test_the_readout_tells_how_a_character_was_drawn():
    lab = set_to(opened(temperature=0.7), step=len(SEED) + 1)
    read, remembered, scored, drawn = words(lab)
    index = model().vocabulary.encode("e")[0] + 1
    assert read == f"1. Read ‘e’: input {index} of 96 is 1, all others 0."
    assert remembered.startswith("2. Remember: 12 units moved by ")
    assert "/ 0.7 = " in scored
    assert scored.startswith("3. Score ‘")
    assert drawn.startswith("4. Draw: 0.512 falls between ")  # of seed 1


def test_the_readout_of_what_was_not_drawn():
    assert words(set_to(opened(), step=1)) == ["‘T’ is given: nothing was read before."]
    assert words(set_to(opened(), step=4))[3] == (
        "4. ‘␣’ is given by the seed text: nothing was drawn."
    )
    greedy = words(opened(method="greedy"))
    assert greedy[2].endswith(" is the largest of all.")
    assert greedy[3].endswith(": no chance has a part in it.")


def test_a_page_embeds_at_most_100_kb_even_of_a_large_model():
    large = file(hidden=200)
    for options in ({}, {"preset": "side-by-side"}, {"layout": "compact"}):
        frame = first_frame("text-sampler", options, lambda _: large)
        assert len(to_json(frame).encode()) < 100_000


def test_a_snapshot_crosses_as_a_packet():
    snapshot = decode(to_packet(opened(compare=True).snapshot()))
    assert "".join(snapshot["figures"]["text"]["characters"]) == text(opened())


def test_numbers_in_the_values_are_plain():
    assert {type(value) for value in values(opened()).values()} <= {int, float, str, bool}
