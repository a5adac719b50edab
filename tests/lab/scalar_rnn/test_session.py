"""Whatever a reader does, and in whatever order, the page gets a sound, plain snapshot."""

import math
import sys

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from lab.kit import ControlError
from lab.kit.controls import Choice, Slider, Toggle
from lab.kit.wire import to_json, to_packet
from lab.scalar_rnn.declaration import DECLARATION
from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights
from tests.lab.packets import decode, decode_text
from tests.lab.scalar_rnn.playing import opened, weights, work

HUGE = [1e10, -1e10, 1e100, -1e300, sys.float_info.max]


def assert_sound(lab):
    """Both encoders take the snapshot, and strict decoders read it back."""
    snapshot = lab.snapshot()
    packed = decode(to_packet(snapshot))
    embedded = decode_text(to_json(snapshot))
    assert packed["values"] == embedded["values"] == snapshot["values"]
    assert all(map(math.isfinite, weights(lab)))
    assert 1 <= snapshot["values"]["step"] <= snapshot["steps"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("normalise", ["on", "off"])
@pytest.mark.parametrize("huge", HUGE)
@pytest.mark.parametrize("which", [["w_h"], ["w_y"], ["b_h"], list(Weights._fields)])
def test_numbers_too_large_to_draw_never_break_a_snapshot(activation, normalise, huge, which):
    lab = opened(sequence="exponential", length=20, activation=activation, normalise=normalise)
    lab.set({"clip": "off", **dict.fromkeys(which, huge)})
    for step in (1, 2, 19):
        lab.set({"step": step})
        assert_sound(lab)
    lab.act("train")
    work(lab, 3)
    assert_sound(lab)
    lab.act("restore")
    assert_sound(lab)


def test_a_page_can_embed_it_too():
    options = {"activation": "linear", "sequence": "exponential", "length": 20, "normalise": "off"}
    assert_sound(opened(**options, w_h=1e300))
    assert_sound(opened(**options, w_h=-1e300, w_y=0))


def test_looking_changes_nothing():
    lab = opened()
    lab.act("train")
    work(lab, 3)
    assert repr(lab.snapshot()) == repr(lab.snapshot())


def test_a_snapshot_kept_is_not_changed_by_what_follows():
    lab = opened()
    kept = lab.snapshot()
    before = repr(kept)
    lab.act("train")
    work(lab, 3)
    lab.set({"w_h": 3, "sequence": "sine"})
    assert repr(kept) == before


def test_status_of_an_untouched_laboratory():
    facts = {fact["name"]: fact["value"] for fact in opened().snapshot()["status"]}
    assert (facts["State"], facts["Epoch"]) == ("Untrained", "0")


SLIDERS = [control for control in DECLARATION.controls if isinstance(control, Slider)]
PLACES = st.sampled_from(SLIDERS).flatmap(
    lambda slider: st.tuples(
        st.just(slider.name),
        st.integers(int(slider.low), int(slider.high))
        if slider.integer
        else st.floats(slider.low, slider.high) | st.sampled_from([slider.low, slider.high]),
    )
)
WORDS = st.sampled_from(
    [
        (control.name, word)
        for control in DECLARATION.controls
        for word in (
            [option.value for option in control.options]
            if isinstance(control, Choice)
            else ["on", "off"] * isinstance(control, Toggle)
        )
    ]
    + [("numbers", text) for text in ("1 2 3", "5; 5; 5", "-1e9 0 1e9 2.5")]
    + [("preset", preset.name) for preset in DECLARATION.presets]
)
WILD = st.tuples(st.sampled_from(Weights._fields), st.floats(allow_nan=False, allow_infinity=False))
BAD = st.sampled_from([("w_h", "x"), ("length", 99), ("pace", ""), ("nope", 1), ("preset", "?")])


def spelled(value):
    """As JavaScript's String() would put it into an address."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class Reader(RuleBasedStateMachine):
    """A reader who does anything at all."""

    def __init__(self):
        super().__init__()
        self.lab = opened()

    @rule(changes=st.lists(PLACES | WORDS | WILD, max_size=3))
    def sets(self, changes):
        self.lab.set(dict(changes))

    @rule(changes=st.lists(PLACES | WORDS, max_size=2), bad=BAD)
    def mistypes(self, changes, bad):
        before = repr(self.lab.snapshot())
        with pytest.raises(ControlError):
            self.lab.set(dict([*changes, bad]))
        assert repr(self.lab.snapshot()) == before

    @rule(action=st.sampled_from([action.name for action in DECLARATION.actions]))
    def presses(self, action):
        button = self.lab.snapshot()["actions"][action]
        if button["enabled"] and button.get("shown", True):
            self.lab.act(action)

    @rule(times=st.integers(1, 30))
    def waits(self, times):
        work(self.lab, times)

    @invariant()
    def the_snapshot_is_sound(self):
        assert_sound(self.lab)

    @invariant()
    def the_address_tells_it_all(self):
        snapshot = self.lab.snapshot()
        shared = {name: spelled(snapshot["values"][name]) for name in snapshot["changed"]}
        other = opened()
        other.set({"preset": snapshot["preset"], **shared})
        assert other.snapshot()["values"] == snapshot["values"]


TestAnyReader = Reader.TestCase
TestAnyReader.settings = settings(max_examples=40, stateful_step_count=15)
