"""Schedules: each formula by hand, together with warm-up, saved as JSON, refused out of range."""

import json
import math

import pytest

from rnn.schedules import (
    SCHEDULES,
    Constant,
    Cosine,
    Exponential,
    Stairs,
    WarmUp,
    check_rate,
    make_schedule,
    schedule_from,
)


def test_constant():
    assert [Constant(0.1)(step) for step in (0, 1, 10**6)] == [0.1, 0.1, 0.1]


def test_exponential_by_hand():
    schedule = Exponential(0.8, decay=0.25, steps=100)
    assert schedule(0) == 0.8
    assert schedule(50) == pytest.approx(0.4)  # half way: the root of 0.25
    assert schedule(100) == pytest.approx(0.2)
    assert schedule(200) == pytest.approx(0.05)


def test_step_by_hand():
    schedule = Stairs(0.8, factor=0.5, every=10)
    assert [schedule(step) for step in (0, 9, 10, 19, 20)] == [0.8, 0.8, 0.4, 0.4, 0.2]


def test_cosine_by_hand():
    schedule = Cosine(0.9, steps=60, low=0.1)
    assert schedule(0) == pytest.approx(0.9)
    assert schedule(20) == pytest.approx(0.1 + 0.8 * 0.75)  # cos 60 degrees is 1/2
    assert schedule(30) == pytest.approx(0.5)
    assert schedule(60) == schedule(61) == schedule(10**6) == 0.1


def test_warm_up_by_hand():
    schedule = WarmUp(Exponential(0.8, decay=0.5, steps=1), steps=3)
    expected = [0.2, 0.4, 0.6, 0.8, 0.4, 0.2]  # three equal strides, then the other from its 0
    assert [schedule(step) for step in range(6)] == pytest.approx(expected)


@pytest.mark.parametrize("kind", SCHEDULES)
@pytest.mark.parametrize("warm_up", [0, 7])
def test_every_rate_is_one_an_optimiser_takes(kind, warm_up):
    schedule = make_schedule(kind, 10.0, warm_up)
    assert all(0.0 <= schedule(step) <= 10.0 for step in (*range(20), 1000, 10**6, 10**9))
    assert schedule(0) > 0.0


@pytest.mark.parametrize("kind", SCHEDULES)
@pytest.mark.parametrize("warm_up", [0, 7])
def test_json_brings_a_schedule_back(kind, warm_up):
    schedule = make_schedule(kind, 0.1, warm_up)
    again = schedule_from(json.loads(json.dumps(schedule.facts(), allow_nan=False)))
    assert again == schedule
    assert [again(step) for step in range(30)] == [schedule(step) for step in range(30)]


@pytest.mark.parametrize("rate", [1e9, 10.1, math.nan, -1.0, 0.0, math.inf, "0.1", True, None])
def test_a_rate_out_of_range_is_refused(rate):
    rule = "learning rate must be .*above 0 and at most 10; got"
    with pytest.raises(ValueError, match=rule):
        check_rate(rate)
    for kind in SCHEDULES:
        with pytest.raises(ValueError, match=rule):
            make_schedule(kind, rate)


@pytest.mark.parametrize(
    ("kind", "settings", "reason"),
    [
        ("linear", {}, "schedule must be one of constant, exponential, step, cosine; got"),
        ("constant", {"decay": 0.5}, "settings of constant are none; got 'decay'"),
        ("cosine", {"warm": 5}, "settings of cosine are steps, low; got 'warm'"),
        ("exponential", {"decay": 1.5}, "decay must be above 0 and at most 1; got 1.5"),
        ("exponential", {"steps": 0}, "steps must be a whole number from 1 to"),
        ("step", {"factor": 0.0}, "factor must be above 0 and at most 1; got 0.0"),
        ("step", {"every": 2.5}, "every must be a whole number from 1 to"),
        ("cosine", {"low": 0.2}, "low must be from 0 to 0.1; got 0.2"),
        ("cosine", {"warm_up": -1}, "steps must be a whole number from 1 to"),
    ],
)
def test_bad_settings_are_refused(kind, settings, reason):
    with pytest.raises(ValueError, match=reason):
        make_schedule(kind, 0.1, **settings)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "must have a base"),
        ({"kind": "constant"}, "must have a base"),
        ({"kind": "import os", "base": 0.1}, "schedule must be one of"),
        ({"kind": "constant", "base": 1e9}, "learning rate must be"),
        ({"kind": "constant", "base": 0.1, "then": 1}, "settings of constant are none"),
        ({"kind": "warm-up", "steps": 3}, "must have steps and then"),
        ({"kind": "warm-up", "steps": 3, "then": 4}, "must have steps and then"),
        (
            {"kind": "warm-up", "steps": 3, "then": {"kind": "warm-up"}},
            "must not hand over to another warm-up",
        ),
    ],
)
def test_facts_that_are_no_schedule_are_refused(facts, reason):
    with pytest.raises(ValueError, match=reason):
        schedule_from(facts)
