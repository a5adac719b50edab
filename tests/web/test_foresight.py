"""What Python tells ahead of a dragged slider: when it is asked, and how long it is believed."""

import pytest

from tests.web.node import run

SESSION = """
import { LabSession } from "./bridge/session";

/** A packet as `lab.kit.wire` makes it: the length of the JSON, the JSON, padding. */
function packet(content: unknown) {
  const json = new TextEncoder().encode(JSON.stringify(content));
  const data = new Uint8Array(Math.ceil((4 + json.length) / 8) * 8).fill(32);
  new DataView(data.buffer).setUint32(0, json.length, true);
  data.set(json, 4);
  return { shape: [data.length], data };
}

const asked: unknown[] = [];
let most = 16;
const port = {
  ended: false,
  async ask({ op, values, control }: Record<string, any>) {
    asked.push(op === "foresee" ? `${control}: ${values.length} from ${values[0]}` : op);
    if (op === "foresee" && control === "gone") throw new Error("no more");
    if (op !== "foresee") return { snapshot: {}, glance: {} };
    return { foreseen: values.slice(0, most).map((a: number) => packet({ a })) };
  },
};
const opened = { session: 1, description: {}, snapshot: {} };
const session = new LabSession<unknown, unknown>(port, opened);
const forty = () => Array.from({ length: 40 }, (_, index) => index);
const soon = () => new Promise((done) => setTimeout(done, 20));
const said: unknown[] = [];
const look = (value: number) => said.push(session.foreseen({ a: value }, 'f') ?? null);
"""
REPORT = "console.log(JSON.stringify({ said, asked }));"


def test_it_is_asked_in_portions_and_known_by_value() -> None:
    done = run(
        f"{SESSION} session.foresee('a', forty, 0, 'f'); look(0); await soon();"
        f" look(0); look(39); look(40); {REPORT}"
    )
    assert done["asked"] == ["a: 16 from 0", "a: 16 from 16", "a: 8 from 32"]
    assert done["said"] == [None, {"a": 0}, {"a": 39}, None]


def test_what_python_had_no_time_for_is_asked_again() -> None:
    done = run(
        f"{SESSION} most = 10; session.foresee('a', forty, 0, 'f'); await soon();"
        f" look(9); look(10); look(39); {REPORT}"
    )
    assert done["asked"] == [
        f"a: {n} from {at}" for n, at in ((16, 0), (16, 10), (16, 20), (10, 30))
    ]
    assert done["said"] == [{"a": 9}, {"a": 10}, {"a": 39}]


def test_what_lies_next_to_the_thumb_is_asked_first() -> None:
    done = run(
        f"{SESSION} session.foresee('a', () => [0, 1, 2, 3, 10, 11, 12], 11, 'f'); await soon();"
        f" {REPORT}"
    )
    assert done["asked"] == ["a: 7 from 11"]


def test_when_the_thumb_is_elsewhere_that_is_asked_next_and_nothing_gets_lost() -> None:
    done = run(
        f"{SESSION} session.foresee('a', forty, 0, 'f'); session.foresee('a', forty, 39, 'f');"
        f" await soon(); for (let at = 0; at < 40; at++) look(at); {REPORT}"
    )
    assert done["asked"] == ["a: 16 from 0", "a: 16 from 39", "a: 8 from 23"]
    assert done["said"] == [{"a": at} for at in range(40)]


def test_what_was_left_of_a_request_waits_for_its_turn_too() -> None:
    done = run(
        f"{SESSION} most = 4; session.foresee('a', forty, 0, 'f');"
        f" session.foresee('a', forty, 39, 'f'); await soon(); {REPORT}"
    )
    assert done["asked"][:3] == ["a: 16 from 0", "a: 16 from 39", "a: 16 from 35"]


def test_what_one_figure_shows_says_nothing_of_another() -> None:
    done = run(
        f"{SESSION} session.foresee('a', forty, 0, 'other'); await soon(); look(0);"
        f" session.foresee('a', forty, 0, 'f'); await soon(); look(0); {REPORT}"
    )
    assert done["said"] == [None, {"a": 0}]


def test_whatever_else_is_asked_goes_first() -> None:
    done = run(
        f"{SESSION} session.foresee('a', forty, 0, 'f');"
        f" session.glance({{ a: 1 }}, []); session.set({{}}); await soon(); {REPORT}"
    )
    assert done["asked"] == ["a: 16 from 0", "set", "a: 16 from 16", "a: 8 from 32"]


def test_another_value_of_the_same_control_leaves_it_true() -> None:
    done = run(
        f"{SESSION} session.foresee('a', forty, 0, 'f'); await soon(); session.set({{ a: 3 }});"
        f" session.foresee('a', () => [99], 0, 'f'); look(4); await soon(); look(4); {REPORT}"
    )
    assert done["asked"][3:] == ["set"]
    assert done["said"] == [{"a": 4}, {"a": 4}]


@pytest.mark.parametrize(
    "change", ["set({ a: 3, b: 1 })", "act('undo')", "advance(5)", "give('f', new Uint8Array())"]
)
def test_any_other_change_ends_it_at_once(change: str) -> None:
    done = run(
        f"{SESSION} session.foresee('a', forty, 0, 'f'); await soon();"
        f" session.{change}; look(3); await soon(); look(3); {REPORT}"
    )
    assert done["said"] == [None, None]
    assert len(done["asked"]) == 4


def test_a_change_that_joins_another_on_its_way_ends_it_too() -> None:
    done = run(
        f"{SESSION} session.act('train'); session.set({{ a: 1 }}); "
        f"session.foresee('a', forty, 0, 'f');"
        f" session.set({{ a: 2, b: 2 }}); await soon(); {REPORT}"
    )
    assert done["asked"] == ["act", "set"]


def test_another_control_takes_its_place() -> None:
    done = run(
        f"{SESSION} session.foresee('a', forty, 0, 'f'); session.foresee('b', () => [7], 0, 'f');"
        f" await soon(); look(1); said.push(session.foreseen({{ b: 7 }}, 'f')); {REPORT}"
    )
    assert done["asked"] == ["a: 16 from 0", "b: 1 from 7"]
    assert done["said"] == [None, {"a": 7}]


def test_python_that_refuses_is_not_asked_again_and_goes_on() -> None:
    done = run(
        f"{SESSION} session.foresee('gone', forty, 0, 'f'); await soon();"
        f" session.foresee('gone', forty, 0, 'f'); await session.set({{ gone: 1 }});"
        f" session.foresee('gone', forty, 0, 'f'); await soon(); {REPORT}"
    )
    assert done["asked"] == ["gone: 16 from 0", "set"]


def test_a_refusal_that_comes_late_ends_only_what_it_was_asked_for() -> None:
    done = run(
        f"{SESSION} session.foresee('gone', forty, 0, 'f');"
        f" session.foresee('a', () => [5], 0, 'f'); await soon(); look(5); {REPORT}"
    )
    assert done["said"] == [{"a": 5}]


def test_a_closed_session_asks_nothing_ahead() -> None:
    done = run(
        f"{SESSION} session.foresee('a', forty, 0, 'f'); session.close(); await soon(); {REPORT}"
    )
    assert done["asked"] == ["a: 16 from 0", "close"]
