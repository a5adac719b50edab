"""What is drawn ahead of Python, and in which order Python then hears of it."""

import pytest

from tests.web.node import run

LAB = """
import { Requests } from "./views/requests";

(globalThis as any).unrolledEngine = { state: "ready" };
(globalThis as any).document = { hidden: false };
let paint = () => {};
(globalThis as any).requestAnimationFrame = (done: () => void) => { paint = done; };
(globalThis as any).MessageChannel = class {
  port1 = { onmessage: () => {}, close: () => {} };
  port2 = { postMessage: () => this.port1.onmessage() };
};
const soon = () => new Promise((done) => setImmediate(done));

/** Python that refuses what is no number, and foresees w at small numbers. */
const asked: unknown[] = [];
const answer = async (values: Record<string, unknown>) => {
  asked.push({ ...values });
  const wrong = Object.keys(values).find((name) => typeof values[name] !== "number");
  if (wrong) throw new Error(`${wrong} must be a number`);
  return values;
};
const session = {
  lost: false,
  foreseen: ({ w }: any, figure: string) => (w < 10 && figure === "first" ? { w } : undefined),
  foresee: (name: string, values: () => number[], here: number, figure: string) => {
    asked.push(`${name}: ${values()} from ${here} in ${figure}`);
  },
  glance: async (values: Record<string, unknown>, figures: string[]) =>
    ({ ...(await answer(values)), of: figures }),
  set: answer,
  act: async (action: string) => { asked.push(action); return {}; },
};
const drawn: unknown[] = [];
const slider = (name: string, more: object) =>
  ({ kind: "slider", name, low: 0, high: 2, step: 1, foreseen: true, watched_in: "", ...more });
const description = {
  figures: [{ name: "first" }, { name: "second", more: true }],
  controls: [
    slider("v", { watched_in: "second" }), slider("slow", { foreseen: false }), { name: "choice" },
  ],
};
const model: any = { pending: {}, refused: null, snapshot: {}, description, openData: [] };
const screen: any = {
  model,
  foreseen: null,
  draw: (change: object) => Object.assign(model, change),
  glance: ({ of, ...seen }: any, figure: string) =>
    drawn.push(figure === of[0] ? { ...seen, in: figure } : "another figure"),
  drawAhead(seen: any, figure: string) {
    screen.foreseen = seen;
    drawn.push({ ahead: seen.w, in: figure });
  },
  caughtUp(seen: any) { if (screen.foreseen === seen) screen.foreseen = null; },
};
const lab: any = {
  screen, session, left: false, open: async () => session,
  take: () => {}, share: () => {}, say: () => {},
};
const requests = new Requests(lab);
"""
REPORT = """await soon();
const { pending, refused } = model;
console.log(JSON.stringify({ asked, drawn, pending, refused, ahead: screen.foreseen }));"""


def test_what_is_drawn_ahead_is_told_when_it_is_painted() -> None:
    done = run(f"{LAB} requests.drag('w', 4); requests.drag('w', 5); await soon(); {REPORT}")
    assert done["drawn"] == [{"ahead": 4, "in": "first"}, {"ahead": 5, "in": "first"}]
    assert (done["asked"], done["pending"]) == ([], {"w": 5})
    done = run(f"{LAB} requests.drag('w', 4); requests.drag('w', 5); paint(); {REPORT}")
    assert (done["asked"], done["pending"], done["ahead"]) == ([{"w": 5}], {}, None)


@pytest.mark.parametrize(
    ("then", "asked"),
    [
        ("set({ preset: 1 })", {"preset": 1}),
        ("set({ seed: 1 })", {"seed": 1}),
        ("act('undo', async () => {})", "undo"),
        ("drag('w', 39)", {"w": 39}),
    ],
)
def test_whatever_comes_in_the_same_frame_is_told_after_it(then: str, asked: object) -> None:
    done = run(f"{LAB} requests.drag('w', 4); requests.{then}; {REPORT}")
    assert done["asked"] == [{"w": 4}, asked]
    assert done["pending"] == {}


def test_the_thumb_stays_at_the_newest_place_though_an_older_one_is_told() -> None:
    done = run(
        f"{LAB} requests.drag('w', 4); requests.drag('w', 39);"
        f" drawn.push({{ ...model.pending }}); {REPORT}"
    )
    assert done["drawn"][:2] == [{"ahead": 4, "in": "first"}, {"w": 39}]


def test_a_refusal_in_the_same_frame_takes_nothing_with_it() -> None:
    done = run(f"{LAB} requests.drag('w', 4); requests.set({{ seed: 'x' }}); {REPORT}")
    assert done["asked"] == [{"w": 4}, {"seed": "x"}]
    assert done["refused"]["name"] == "seed"
    assert done["ahead"] is None


def test_a_lab_that_is_left_keeps_what_it_could_not_tell() -> None:
    left = (
        f"{LAB} requests.drag('w', 4); lab.left = true; lab.session = null; paint(); await soon();"
    )
    done = run(f"{left} {REPORT}")
    assert (done["asked"], done["pending"]) == ([], {"w": 4})
    back = f"{left} lab.left = false; lab.session = session; await requests.setPending();"
    assert run(f"{back} {REPORT}")["asked"] == [{"w": 4}]


def test_a_hidden_page_draws_nothing_ahead() -> None:
    done = run(f"{LAB} (globalThis as any).document.hidden = true; requests.drag('w', 4); {REPORT}")
    assert (done["asked"], done["drawn"]) == ([{"w": 4}], [])


def test_a_preset_that_waits_for_python_replaces_what_waits_there_before_it() -> None:
    done = run(
        f"{LAB} lab.session = null; lab.open = () => new Promise(() => {{}});"
        f" requests.set({{ w: 4 }}); requests.set({{ preset: 1, v: 2 }}); requests.set({{ u: 3 }});"
        f" {REPORT}"
    )
    assert done["pending"] == {"preset": 1, "v": 2, "u": 3}


def test_a_hand_on_a_slider_has_python_asked_ahead_of_the_first_move() -> None:
    done = run(
        f"{LAB} Object.assign(model, {{ snapshot: {{ values: {{ v: 1 }} }}, moreOpen: true }});"
        f" requests.foresee('v'); requests.foresee('slow'); requests.foresee('choice'); {REPORT}"
    )
    assert done["asked"] == ["v: 0,1,2 from 1 in second"]


def test_while_the_lab_runs_nothing_is_asked_ahead() -> None:
    running = "model.snapshot = { values: { v: 1 }, running: 'train' };"
    assert run(f"{LAB} {running} requests.foresee('v'); {REPORT}")["asked"] == []


def test_a_figure_that_is_not_shown_is_not_watched() -> None:
    done = run(f"{LAB} model.snapshot = {{ values: {{ v: 1 }} }}; requests.drag('v', 20); {REPORT}")
    assert done["asked"] == [{"v": 20}, "v: 0,1,2 from 20 in first"]
    assert done["drawn"] == [{"v": 20, "in": "first"}]


def test_the_figure_a_slider_is_watched_in_follows_it_where_nothing_was_foreseen() -> None:
    done = run(
        f"{LAB} Object.assign(model, {{ snapshot: {{ values: {{ v: 1 }} }}, moreOpen: true }});"
        f" requests.drag('v', 20); {REPORT}"
    )
    assert done["asked"] == [{"v": 20}, "v: 0,1,2 from 20 in second"]
    assert done["drawn"] == [{"v": 20, "in": "second"}]


def test_where_no_figure_is_shown_all_is_asked_for() -> None:
    done = run(
        f"{LAB} description.figures = []; model.snapshot = {{ values: {{ v: 1 }} }};"
        f" requests.foresee('v'); requests.drag('v', 2); {REPORT}"
    )
    assert (done["asked"], done["drawn"]) == ([{"v": 2}], [])


def test_what_was_drawn_ahead_is_told_before_another_slider_is_asked_about() -> None:
    done = run(
        f"{LAB} model.snapshot = {{ values: {{ v: 1 }} }};"
        f" requests.drag('w', 4); requests.foresee('v'); {REPORT}"
    )
    assert done["asked"] == [{"w": 4}, "v: 0,1,2 from 1 in first"]
