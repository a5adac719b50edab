"""The values say everything: the same values, the same text; an address leads back to it."""

import json

import pytest

from tests.lab.small_models import finish, serve
from tests.lab.text_sampler.playing import LAB, opened, sampled, set_to, text

WAYS = {
    "nothing": {},
    "temperature": {"temperature": 1.35},
    "greedy": {"method": "greedy"},
    "top-k": {"method": "top-k", "top_k": 3},
    "top-p": {"method": "top-p", "top_p": 0.35},
    "comparing": {"compare": True, "temperature_2": 0.2},
    "another seed": {"seed": 71, "seed_text": "In <b>the</b> & beginning?"},
    "a place": {"step": 17},
    "another model": {"model": "python-lstm"},
    "its own seed text kept": {"model": "python-lstm", "seed_text": "The whale"},
    "half written": {"length": 500, "written": 123},
    "a preset": {"preset": "side-by-side", "temperature": 0.9},
}


def reopened(lab):
    """A new lab, set as the address of the old one says."""
    snapshot = lab.snapshot()
    address = {name: str(snapshot["values"][name]) for name in snapshot["changed"]}
    other = LAB({})
    other.set({"preset": snapshot["preset"], **address})
    return finish(serve(other))


def same(one, other):
    def bare(lab):
        snapshot = lab.snapshot()
        snapshot["said"] = ""
        snapshot["status"] = [fact for fact in snapshot["status"] if fact["name"] != "Speed"]
        return repr(snapshot)

    assert bare(one) == bare(other)


@pytest.mark.parametrize("way", WAYS)
def test_an_address_leads_back(way):
    lab = finish(serve(set_to(opened(), **WAYS[way])))
    same(reopened(lab), lab)


@pytest.mark.parametrize("way", WAYS)
def test_the_order_of_changes_does_not_matter_nor_does_writing(way):
    at_once = finish(serve(set_to(opened(), **WAYS[way])))
    written = opened(written=0)
    for name, value in WAYS[way].items():
        serve(written)
        written.set({name: value})
    serve(written)
    if "written" not in WAYS[way] and "preset" not in WAYS[way]:
        sampled(written)
        assert text(written) == text(at_once)


def test_an_address_after_writing_and_stepping():
    lab = opened()
    sampled(lab)
    lab.act("step")
    same(reopened(lab), lab)
    lab.act("clear")
    lab.act("step")
    same(reopened(lab), lab)


def test_twice_the_same():
    same(opened(), opened())


def test_it_is_strict_json_but_for_its_arrays():
    snapshot = opened().snapshot(())
    assert json.loads(json.dumps(snapshot, allow_nan=False))["figures"] == {}
