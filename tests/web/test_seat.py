"""A lab has one session at most, however often it comes and goes."""

from tests.web.node import run

SEAT = """
import { Seat } from "./views/seat";

let opened = 0;
const closed: number[] = [];
const letIn: (() => void)[] = [];
(globalThis as any).unrolledEngine = {
  state: "ready",
  open: () =>
    new Promise((resolve) => {
      const number = ++opened;
      const close = () => closed.push(number);
      letIn.push(() => resolve({ number, lost: false, set: async () => {}, close }));
    }),
};
const snapshot = { preset: "sine", start: {}, changed: [], values: {} };
const description = { name: "scalar-rnn", figures: [] };
const model = { snapshot, description, layout: "full", moreOpen: false, openData: new Set() };
const seat = new Seat(model as any, async () => {});
const number = (session: any) => session.number;
const told = (outcome: Promise<unknown>) => outcome.then(number, (error: Error) => error.name);
"""


def test_a_lab_that_left_and_came_back_while_it_opened_keeps_one_session() -> None:
    done = run(f"""{SEAT}
        const first = told(seat.open());
        seat.leave(async () => {{}});
        const second = told(seat.open());
        letIn[0]();
        await first;
        const third = told(seat.open()); // it is on its way already
        letIn[1]();
        const said = await Promise.all([first, second, third]);
        console.log(JSON.stringify({{ said, opened, closed }}));
    """)
    assert done == {"said": ["AbortError", 2, 2], "opened": 2, "closed": [1]}
