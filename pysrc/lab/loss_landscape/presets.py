"""Landscapes worth walking through, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="cliff",
        label="The cliff",
        values={},
        note="A 1 goes in and is asked for 14 steps later. Beyond w_h = 1 stands a wall. Press "
        "Descend.",
    ),
    Preset(
        name="pascanu",
        label="After Pascanu",
        values={
            "task": "hold",
            "length": 50,
            "activation": "sigmoid",
            "w_x": -1.5,
            "w_h": 5.0,
            "middle_x": -2.0,
            "width_x": 4.0,
            "middle_h": 5.0,
            "width_h": 6.0,
            "learning_rate": 0.3,
            "clip_limit": 0.2,
        },
        note="Like the figure of Pascanu, Mikolov and Bengio: a sigmoid, the same input for 50 "
        "steps, 0.7 asked at the end. The valley ends at the foot of a wall.",
    ),
    Preset(
        name="plateau",
        label="A plateau",
        values={
            "task": "hold",
            "activation": "tanh",
            "length": 20,
            "w_x": -1.5,
            "w_h": 3.0,
            "middle_x": 0.0,
            "width_x": 4.0,
            "middle_h": 2.0,
            "width_h": 4.0,
            "learning_rate": 0.1,
            "clip_limit": 1.0,
        },
        note="Here tanh is saturated at every step and the gradient is next to nothing: descent, "
        "clipped or not, stays where it is. Guessing does not need a slope.",
    ),
    Preset(
        name="bowl",
        label="A bowl",
        values={
            "task": "sine",
            "activation": "tanh",
            "length": 12,
            "w_x": -0.6,
            "w_h": -0.8,
            "middle_x": 0.0,
            "width_x": 4.0,
            "middle_h": 0.0,
            "width_h": 4.0,
            "learning_rate": 0.1,
            "clip_limit": 1.0,
        },
        note="Every step has its target, and the landscape is a bowl. Both walks arrive: clipping "
        "changes little where there is no cliff.",
    ),
)
