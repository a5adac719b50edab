"""Texts that break programs work as a seed text, or are refused by name; nothing typed is lost."""

import json
import unicodedata

import pytest

from lab.kit import ControlError, host
from lab.kit.wire import to_packet
from lab.text_sampler import LAB
from rnn.text.sampling import Choice, write
from tests.lab.packets import decode
from tests.lab.small_models import ASCII, HOSTILE, file, model, serve
from tests.lab.text_sampler.playing import figure, opened, set_to, text, values


@pytest.mark.parametrize("name", HOSTILE)
def test_a_model_that_knows_it_writes_on(name):
    seed_text = HOSTILE[name]
    knows = file("".join(sorted({*ASCII, *seed_text})))
    lab = opened(knows, seed_text=seed_text, length=40)
    snapshot = decode(to_packet(lab.snapshot()))
    assert snapshot["problem"] is None
    assert snapshot["values"]["seed_text"] == seed_text
    places = snapshot["figures"]["text"]["characters"]
    assert len(places) == len(seed_text) + 40 == snapshot["steps"]
    for place in range(1, len(seed_text) + 3):
        lab.set({"step": place})
        assert decode(to_packet(lab.snapshot()))["values"]["step"] == place


@pytest.mark.parametrize("name", HOSTILE)
def test_a_model_that_does_not_names_what_it_never_saw(name):
    seed_text = HOSTILE[name]
    lab = opened()
    before = text(lab)
    unknown = sorted(set(seed_text) - set(ASCII))
    if not unknown:
        assert text(set_to(lab, seed_text=seed_text)).startswith(seed_text)
        return
    with pytest.raises(ControlError) as refused:
        lab.set({"seed_text": seed_text, "temperature": 1.3})
    message = str(refused.value)
    assert message.startswith("seed_text: the model moby-dick-lstm never saw ")
    assert f"U+{ord(unknown[0]):04X}" in message
    assert not any(unicodedata.category(each) in ("Cc", "Cf", "Zl") for each in message)
    assert text(lab) == before
    assert values(lab)["temperature"] == 0.8


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_typed_before_the_model_came_is_kept(name):
    lab = serve(LAB({"seed_text": HOSTILE[name]}))
    snapshot = decode(to_packet(lab.snapshot()))
    assert snapshot["values"]["seed_text"] == HOSTILE[name]
    if set(HOSTILE[name]) - set(ASCII):
        assert snapshot["problem"].startswith("seed_text: the model moby-dick-lstm never saw ")
        assert snapshot["steps"] == 0
        with pytest.raises(ControlError, match="never saw"):
            lab.act("sample")
        set_to(lab, seed_text="better")
    assert lab.snapshot()["problem"] is None
    assert lab.snapshot()["steps"] > 300


def test_no_seed_text_is_a_new_line():
    assert text(opened(seed_text="", length=50)) == "\n" + write_50("\n")


def write_50(seed_text):
    import numpy as np

    return write(model(), np.random.default_rng(1), 50, seed_text, Choice(0.8))


@pytest.mark.parametrize("seed_text", ["\ud83d", "a\udc00b", "\udfff\ud800"])
def test_half_a_character_is_refused_in_words_a_page_can_hold(seed_text):
    rule = "seed_text: the text must be Unicode text; it holds the lone surrogate U\\+D"
    for lab in (LAB({}), opened()):
        with pytest.raises(ControlError, match=rule) as refused:
            lab.set({"seed_text": seed_text})
        str(refused.value).encode()
        to_packet(lab.snapshot())
    with pytest.raises(ControlError, match=rule):
        LAB({"seed_text": seed_text})
    for name in ("model", "method", "preset", "temperature", seed_text):
        with pytest.raises(ControlError) as refused:
            opened().set({name: seed_text})
        str(refused.value).encode()


def test_through_the_door_of_the_page():
    opened_ = decode(host.call(json.dumps({"op": "open", "lab": "text-sampler"})))
    number = opened_["session"]
    assert opened_["snapshot"]["wants"] == "moby-dick-lstm"
    host.call(json.dumps({"op": "give", "session": number, "name": "moby-dick-lstm"}), file())
    request = {"op": "set", "session": number, "values": {"seed_text": "<img src=x onerror=a()>"}}
    snapshot = decode(host.call(json.dumps(request)))["snapshot"]
    assert "".join(snapshot["figures"]["text"]["characters"]).startswith("<img src=x onerror=a()>")
    request["values"] = {"seed_text": "\ud83d"}
    with pytest.raises(ControlError, match="lone surrogate"):
        host.call(json.dumps(request))
    host.call(json.dumps({"op": "close", "session": number}))


def test_a_letter_of_several_characters_is_one_place_on_the_screen():
    family = "\U0001f469\u200d\U0001f467"
    knows = file("".join(sorted({*ASCII, *family})))
    characters = figure(opened(knows, seed_text=f"a{family}b"))["characters"]
    assert characters[:5] == ["a", family, "", "", "b"]
