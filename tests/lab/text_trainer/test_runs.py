"""Another text or network is another run; the one before is set aside and can be brought back."""

import numpy as np
import pytest

from tests.lab.text_trainer.playing import (
    BOOK,
    button,
    figure,
    opened,
    read,
    said,
    settled,
    snapshot,
    status,
    trained,
    values,
    weights,
)


@pytest.mark.parametrize(
    "change",
    [
        {"hidden": 9},
        {"cell": "gru"},
        {"layers": 2},
        {"batch": 5},
        {"window": 9},
        {"seed": 2},
        {"preset": "no-gates", "hidden": 8},
    ],
    ids=str,
)
def test_what_makes_another_run_sets_this_one_aside(change):
    lab = trained(opened(), 1000)
    before, done, chosen = weights(lab), read(lab), values(lab)
    lab.set(change)
    settled(lab)
    assert read(lab) == 0
    assert said(lab) == f"The run of {done:,} characters is set aside."
    assert button(lab, "bring_back")["shown"]
    lab.act("bring_back")
    np.testing.assert_array_equal(weights(lab), before)
    assert (read(lab), values(lab)) == (done, chosen)
    assert not button(lab, "bring_back")["shown"]  # the one that went had learned nothing
    assert read(trained(lab, 500)) > done


def test_two_runs_change_places():
    lab = trained(opened(), 500)
    lab.set({"cell": "gru"})
    lab = trained(settled(lab), 1000)
    gru = weights(lab)
    lab.act("bring_back")
    assert values(lab)["cell"] == "lstm"
    lab.act("bring_back")
    assert values(lab)["cell"] == "gru"
    np.testing.assert_array_equal(weights(lab), gru)


def test_a_run_that_learned_nothing_is_not_worth_keeping():
    lab = opened()
    for hidden in (9, 10, 11):
        lab.set({"hidden": hidden})
    assert not button(settled(lab), "bring_back")["shown"]
    assert status(lab)["State"] == "Untrained"


def test_dragging_a_slider_does_not_lose_what_was_set_aside():
    lab = trained(opened(), 1000)
    done = read(lab)
    for hidden in (9, 10, 11):
        lab.set({"hidden": hidden})
        settled(lab)
    lab.act("bring_back")
    assert read(lab) == done


def test_setting_the_same_values_again_goes_on():
    lab = trained(opened(), 1000)
    done, chosen = read(lab), values(lab)
    rest = {name: chosen[name] for name in chosen if name not in ("own_text", "model_file", "step")}
    lab.set(rest)
    assert read(lab) == done


def test_starting_over_draws_the_first_weights_again():
    fresh = weights(opened())
    lab = trained(opened(), 1000)
    assert button(lab, "restart")["enabled"]
    lab.act("restart")
    np.testing.assert_array_equal(weights(settled(lab)), fresh)
    assert not button(lab, "restart")["enabled"]
    assert button(lab, "bring_back")["shown"]


def test_another_text_is_fetched_once_and_says_whether_it_is_code():
    lab = trained(opened(), 500)
    lab.set({"corpus": "python"})
    assert snapshot(lab)["wants"] == "python"
    assert values(lab)["code"] is True
    lab.give("python", b"def f(x):\n    return x\n\n\n" * 50)
    settled(lab)
    assert figure(lab, "samples")["face"] == "mono"
    assert figure(lab, "samples")["entries"][0]["pieces"][0] == {"text": "def", "kind": "keyword"}
    lab.set({"corpus": "moby-dick"})
    assert snapshot(lab)["wants"] is None  # it is here already
    assert values(lab)["code"] is False


def test_a_preset_stops_training_so_that_a_link_may_start_it():
    lab = opened()
    lab.act("train")
    lab.set({"preset": "prose", "hidden": 8})
    assert snapshot(lab)["running"] in ("", "look")
    lab.act("train")
    assert snapshot(lab)["running"] == "train"


def test_a_short_text_gets_a_smaller_batch():
    lab = opened(BOOK[:30], batch=64, window=64)
    settings = lab._bench.course.run.settings
    assert settings.batch * settings.length < 30
    assert read(trained(lab, 100)) >= 100
