"""The sequence's clock, and what becomes of it when its lab is stopped or leaves."""

from tests.web.node import run

AT_END = """
import { Player } from "./views/player";

let step = 9;
let rewound = () => {};
let asked = 0;
const changes: boolean[] = [];
const player = new Player(
  {
    get atEnd() { return step >= 9; },
    first: () => {
      asked += 1;
      return new Promise<void>((done) => { rewound = () => { step = 1; done(); }; });
    },
    next: async () => false,
  },
  (playing) => changes.push(playing),
);
player.toggle();
"""
REPORT = """
rewound();
await new Promise((done) => setTimeout(done));
console.log(JSON.stringify({ changes, asked }));
player.stop();
"""


def test_it_begins_anew_when_it_stands_at_the_end() -> None:
    assert run(AT_END + REPORT) == {"changes": [True], "asked": 1}


def test_stopped_on_the_way_to_the_first_step_it_does_not_begin() -> None:
    assert run(f"{AT_END} player.stop(); {REPORT}") == {"changes": [], "asked": 1}


def test_a_second_press_on_the_way_asks_for_nothing_more() -> None:
    assert run(f"{AT_END} player.toggle(); {REPORT}") == {"changes": [True], "asked": 1}
