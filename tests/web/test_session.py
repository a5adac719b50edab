"""What is merged on its way to Python comes apart again where Python refuses it."""

from tests.web.node import run

SESSION = """
import { LabSession } from "./bridge/session";

/** Python that accepts numbers, and answers when it is let. */
const asked: Record<string, unknown>[] = [];
let answer = () => {};
const port = {
  ended: false,
  async ask({ op, values, figures }: Record<string, any>) {
    asked.push(op === "set" ? values : op === "glance" ? { glance: values, figures } : op);
    if (asked.length === 1) await new Promise<void>((done) => { answer = done; });
    const wrong = Object.keys(values ?? {}).find((name) => typeof values[name] !== "number");
    if (wrong) throw new Error(`${wrong} must be a number`);
    return op === "glance" ? { glance: { seen: { ...values } } } : { snapshot: { ...values } };
  },
};
const opened = { session: 1, description: {}, snapshot: {} };
const session = new LabSession<unknown, unknown>(port, opened);
const told = (outcome: Promise<unknown>) =>
  outcome.then((snapshot) => snapshot, (error: Error) => error.message);
const busy = told(session.act("train"));
"""
REPORT = "answer(); console.log(JSON.stringify({ said: await Promise.all(all), asked }));"


def test_of_values_that_wait_for_python_the_last_one_wins() -> None:
    done = run(
        f"{SESSION} const all = [busy, told(session.set({{ a: 1 }})),"
        f" told(session.set({{}})), told(session.set({{ a: 3, b: 2 }}))]; {REPORT}"
    )
    assert done["asked"] == ["act", {"a": 3, "b": 2}]
    assert done["said"][1:] == [{"a": 3, "b": 2}] * 3


def test_what_is_not_replaced_keeps_its_turn() -> None:
    done = run(
        f"{SESSION} const all = [busy, told(session.set({{ a: 1 }})),"
        f" told(session.set({{ seed: 2 }})), told(session.glance({{ a: 3 }}, [])),"
        f" told(session.set({{}}))]; {REPORT}"
    )
    assert done["asked"] == ["act", {"a": 1}, {"seed": 2}, {"a": 3}]
    assert done["said"][1:] == [{"a": 1}, {"seed": 2}, {"a": 3}, {"a": 3}]


def test_a_glance_is_some_of_a_snapshot_and_does_not_pass_for_one() -> None:
    report = REPORT.replace("asked }", "asked, last: session.snapshot }")
    done = run(
        f"{SESSION} const all = [busy, told(session.glance({{ a: 1 }}, ['network'])),"
        f" told(session.glance({{ a: 2 }}, ['network']))]; {report}"
    )
    assert done["asked"] == ["act", {"glance": {"a": 2}, "figures": ["network"]}]
    assert done["said"][1:] == [{"seen": {"a": 2}}] * 2
    assert done["last"] == {}


def test_a_glance_that_others_want_whole_is_a_snapshot_to_all() -> None:
    done = run(
        f"{SESSION} const all = [busy, told(session.glance({{ a: 1 }}, ['network'])),"
        f" told(session.set({{}})), told(session.glance({{ a: 3 }}, ['network']))]; {REPORT}"
    )
    assert done["asked"] == ["act", {"a": 3}]
    assert done["said"][1:] == [{"a": 3}] * 3


def test_a_refusal_is_for_whoever_asked_and_nothing_of_the_others_is_lost() -> None:
    done = run(
        f"{SESSION} const all = [busy, told(session.set({{ a: 1 }})),"
        f" told(session.set({{ a: 'x' }})), told(session.set({{ a: 2, c: 'y' }}))]; {REPORT}"
    )
    assert done["said"][1:] == [{"a": 1}, "a must be a number", "c must be a number"]
    assert done["asked"][2:] == [{"a": 1}, {"a": "x"}, {"a": 2, "c": "y"}]


def test_what_waits_is_refused_at_once_when_the_session_closes() -> None:
    done = run(
        f"{SESSION} const all = [busy, told(session.set({{ a: 1 }})),"
        f" told(session.set({{ b: 2 }}))]; session.close(); {REPORT}"
    )
    assert done["said"][1:] == ["This laboratory is closed."] * 2
    assert done["asked"] == ["act", "close"]
