"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

LINE = "np.sqrt(2.0 / n_in) * rng.standard_normal(shape)"
SLIPS = [
    Slip("n_out", {"2.0 / n_in": "2.0 / n_out"}, "It looks like 2 / n_out"),
    Slip("variance as factor", {"np.sqrt(2.0 / n_in)": "(2.0 / n_in)"}, "take its root"),
    Slip("one", {"2.0 / n_in": "1.0 / n_in"}, "It looks like 1 / n_in"),
    Slip("xavier", {"2.0 / n_in": "2.0 / (n_in + n_out)"}, "Xavier"),
    Slip("uniform", {LINE: "rng.uniform(-1, 1, shape) * np.sqrt(6.0 / n_in)"}, "looks uniform"),
    Slip(
        "own generator",
        {LINE: LINE.replace("rng.", "np.random.default_rng(0).")},
        "Two different seeds",
    ),
    Slip(
        "global numbers",
        {"rng.standard_normal(shape)": "np.random.standard_normal(shape)"},
        "from np.random",
    ),
    Slip(
        "transposed",
        {"standard_normal(shape)": "standard_normal((n_in, n_out))"},
        "It is transposed",
    ),
]
