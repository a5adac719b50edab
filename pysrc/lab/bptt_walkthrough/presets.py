"""States of the walk worth starting from, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="four-steps",
        label="Four steps",
        values={"number": "d_w_h"},
        note="Press Start, then Step forward, and follow the numbers; or point at any of them.",
    ),
    Preset(
        name="all-the-way",
        label="All the way back",
        values={"numbers": "1, 0, 0, 0, 0, 1", "asked": "last", "w_h": 0.9, "number": "add_w_x_1"},
        note="A 1 goes in at step 1 and is asked for at step 5. One error signal goes all the way "
        "back, and at each step it is multiplied by w_h and by a slope.",
    ),
    Preset(
        name="cut-short",
        label="Cut short",
        values={
            "numbers": "1, 0, 0, 0, 0, 1",
            "asked": "last",
            "w_h": 0.9,
            "truncate": 2,
            "number": "later_4",
        },
        note="The same, cut after every second step. What happened at step 1 gets no gradient at "
        "all, though it is what matters: compare with the full gradient in the last table.",
    ),
    Preset(
        name="by-hand",
        label="With a pencil",
        values={
            "numbers": "1, 2, 3, 1",
            "activation": "linear",
            "w_h": -1.0,
            "w_y": 2.0,
            "b_h": 0.25,
            "b_y": -0.5,
        },
        note="A linear unit and round numbers: every product can be done in the head.",
    ),
    Preset(
        name="doubling",
        label="Doubling back",
        values={
            "numbers": "1, 0, 0, 0, 0, 1",
            "asked": "last",
            "activation": "linear",
            "w_x": 1.0,
            "w_h": 2.0,
            "number": "d_a_1",
        },
        note="A linear unit with w_h = 2: the error signal doubles at every step back. Over 20 "
        "steps it would grow half a million fold.",
    ),
    Preset(
        name="stuck",
        label="Flat ends",
        values={"w_x": 3.0, "w_h": 2.0, "number": "slope_2"},
        note="Large weights push tanh to its flat ends. The slopes are nearly 0, and what is "
        "multiplied by them is gone.",
    ),
)
