"""Writing, pausing, stepping, clearing, comparing: what each button does."""

import re

import pytest

from lab.kit import ControlError
from lab.kit.text.writing import MOST
from tests.lab.small_models import finish
from tests.lab.text_sampler.playing import figure, opened, sampled, set_to, status, text, values

SEED = "The whale"


def test_it_opens_on_a_written_text():
    lab = opened()
    snapshot = lab.snapshot()
    assert snapshot["running"] == ""
    assert snapshot["wants"] is None
    assert snapshot["steps"] == len(SEED) + 300 == snapshot["values"]["step"]
    assert text(lab).startswith(SEED)
    assert status(lab)["State"] == "Finished"
    assert status(lab)["Written"] == "300 of 300"
    assert float(status(lab)["Perplexity"]) > 1
    assert set(snapshot["figures"]) == {"text", "choices", "strip", "perplexity", "units"}


def test_only_the_figures_asked_for_are_drawn():
    assert set(opened().snapshot(["choices", "units"])["figures"]) == {"choices", "units"}


def test_sample_writes_another_text_before_your_eyes():
    lab = opened(length=12)
    before = text(lab)
    lab.act("sample")
    snapshot = lab.snapshot()
    assert (snapshot["running"], snapshot["steps"]) == ("write", len(SEED))
    assert snapshot["wait_ms"] > 0, "as you read"
    assert snapshot["actions"]["sample"]["label"] == "Pause"
    for count in range(1, 13):
        lab.advance(50.0)
        assert values(lab)["written"] == count
        assert values(lab)["step"] == len(SEED) + count, "the cursor follows the end"
    assert lab.snapshot()["running"] == ""
    assert lab.snapshot()["said"].startswith("Wrote 12 characters, perplexity ")
    assert text(lab) != before
    assert values(lab)["seed"] == 2
    assert text(lab) == text(opened(length=12, seed=2))


def test_at_full_speed_a_slice_holds_many():
    lab = opened(length=2000, written=0, pace="full")
    lab.act("sample")
    lab.advance(20.0)
    assert values(lab)["written"] > 5
    snapshot = lab.snapshot()
    assert snapshot["wait_ms"] == 0
    assert 0 < snapshot["frame_ms"] <= 100
    finish(lab)
    assert values(lab)["written"] == 2000
    assert re.fullmatch(r"[\d,.]+ characters/s", status(lab)["Speed"])
    assert text(lab) == text(opened(length=2000))


def test_pause_and_write_on():
    whole = text(opened(length=20))
    lab = opened(length=20, written=0)
    lab.act("sample")
    for _ in range(7):
        lab.advance(0.0)
    lab.act("sample")
    assert lab.snapshot()["running"] == ""
    assert lab.snapshot()["said"] == "Paused after 7 characters."
    lab.advance(50.0)
    assert text(lab) == whole[: len(SEED) + 7]
    assert lab.snapshot()["actions"]["sample"]["label"] == "Write on"
    assert status(lab)["State"] == "Paused"
    sampled(lab)
    assert text(lab) == whole


def test_step_draws_one_and_shows_it():
    lab = opened(written=0)
    whole = text(opened())
    for count in range(1, 5):
        lab.act("step")
        assert text(lab) == whole[: len(SEED) + count]
        assert lab.snapshot()["said"].startswith(f"Place {len(SEED) + count}: ‘")
        assert values(lab)["step"] == len(SEED) + count
        drawn = [row for row in figure(lab, "choices")["rows"] if row["drawn"]]
        assert len(drawn) == 1


def test_step_goes_beyond_the_length_but_not_beyond_all():
    lab = opened(length=5)
    lab.act("step")
    assert values(lab)["written"] == 6
    lab = opened(length=MOST)
    assert not lab.snapshot()["actions"]["step"]["enabled"]
    with pytest.raises(ControlError, match="2,000 characters long, the most it can be"):
        lab.act("step")


def test_step_while_writing_pauses():
    lab = opened(length=20, written=3)
    lab.act("sample")
    lab.act("step")
    assert lab.snapshot()["running"] == ""
    assert values(lab)["written"] == 4


def test_clear_leaves_the_seed_text():
    lab = opened()
    lab.act("clear")
    assert text(lab) == SEED
    assert not lab.snapshot()["actions"]["clear"]["enabled"]
    assert lab.snapshot()["actions"]["sample"]["label"] == "Sample"
    assert text(sampled(lab)) == text(opened()), "the same seed: the same text"


def test_a_new_temperature_writes_the_same_length_anew():
    lab = opened()
    hot = set_to(lab, temperature=1.7)
    assert text(hot) == text(opened(temperature=1.7)) != text(opened())
    assert "temperature 1.7" in figure(hot)["note"]
    assert text(set_to(hot, temperature=0.8)) == text(opened())


def test_a_new_temperature_while_writing_leaves_nothing_of_the_old():
    lab = opened(length=40, written=0)
    lab.act("sample")
    for _ in range(15):
        lab.advance(0.0)
    lab.set({"temperature": 1.7})
    assert lab.snapshot()["running"] == "write"
    finish(lab)
    assert text(lab) == text(opened(length=40, temperature=1.7))


def test_what_has_no_part_in_the_text_leaves_it_alone():
    lab = opened()
    writer = lab._writers[0]
    set_to(lab, top_k=3, top_p=0.2, temperature_2=1.9, step=40, pace="full")
    assert lab._writers[0] is writer
    assert values(lab)["step"] == 40


def test_length_cuts_and_extends_a_finished_text():
    lab = opened()
    whole = text(opened(length=500))
    assert text(set_to(lab, length=100)) == whole[: len(SEED) + 100]
    assert text(set_to(lab, length=500)) == whole
    lab.act("clear")
    set_to(lab, length=200)
    assert values(lab)["written"] == 0


def test_two_temperatures_side_by_side():
    lab = set_to(opened(), compare=True, temperature=0.5, temperature_2=1.5)
    assert text(lab) == text(opened(temperature=0.5))
    assert text(lab, "text_2") == text(opened(temperature=1.5))
    assert "temperature 1.5" in figure(lab, "text_2")["note"]
    assert " and " in status(lab)["Perplexity"]
    assert len(figure(lab, "perplexity")["series"]) == 2
    lab.act("step")
    assert len(text(lab)) == len(text(lab, "text_2")) == len(SEED) + 301
    sampled(lab)
    assert len(text(lab)) == len(text(lab, "text_2"))
    assert "text_2" not in set_to(lab, compare=False).snapshot()["figures"]


def test_the_same_temperature_twice_is_the_same_text_twice():
    lab = set_to(opened(), compare=True, temperature=0.9, temperature_2=0.9)
    assert text(lab) == text(lab, "text_2")


@pytest.mark.parametrize("step", [1, 5, 9, 10, 150, 308])
def test_every_place_can_be_pointed_at(step):
    lab = set_to(opened(), step=step)
    assert values(lab)["step"] == step
    summary = figure(lab)["summary"]
    assert summary.startswith(f"Place {step}: ‘")
    rows = figure(lab, "choices")["rows"]
    if step == 1:
        assert rows == []
    else:
        assert 10 <= len(rows) <= 11
        assert sum(row["drawn"] for row in rows) == 1


def test_a_cursor_left_somewhere_stays_there_while_writing():
    lab = set_to(opened(length=30, written=10), step=4)
    lab.act("sample")
    finish(lab)
    assert values(lab)["step"] == 4
    set_to(lab, step=39)
    lab.act("step")
    assert values(lab)["step"] == 40, "at the end it follows the end"


def test_an_unknown_button_is_refused():
    with pytest.raises(ControlError, match="'train' is not an action; actions: sample, step, cle"):
        opened().act("train")


def test_a_cursor_that_the_text_no_longer_reaches_follows_its_end():
    lab = opened(step=71)
    assert values(lab)["step"] == 71
    assert values(set_to(lab, temperature=1.1))["step"] == 71, "the same place of another text"
    set_to(lab, preset="balanced", written=0)
    lab.act("sample")
    finish(lab)
    assert values(lab)["step"] == len(SEED) + 300
