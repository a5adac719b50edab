"""The browser's NumPy lacks some modules; nothing that a text model does asks for them.

`np.unique`, for one, imports `numpy.ma` when it is called, and there it fails.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCRIPT = """
import sys
for name in ("ma", "polynomial", "testing", "f2py", "ctypeslib"):
    sys.modules[f"numpy.{name}"] = None  # importing it raises ImportError

import numpy as np
try:
    np.unique(np.arange(3))
except ImportError:
    print("blocked")

from rnn.optimisers import make_optimiser
from rnn.schedules import Constant
from rnn.text.char_model import CharModel
from rnn.text.graphemes import cluster_of
from rnn.text.ngrams import NGrams
from rnn.text.sampling import Choice, write
from rnn.text.streams import Streams, split
from rnn.text.training import TextTraining
from rnn.text.vocabulary import Vocabulary
from rnn.trainer import Trainer

learned, held_out = split("the dog sleeps on. " * 9)
vocabulary = Vocabulary.of(learned)
assert vocabulary.unknown("xyz") == "xyz"
for kind in ("rnn", "lstm", "gru"):
    model = CharModel(vocabulary, kind, 5, 2, dropout=0.1)
    model.initialise(np.random.default_rng(0))
    streams = Streams(vocabulary.encode(learned, "skip"), 2, 5)
    training = TextTraining(model, streams, np.random.default_rng(1))
    trainer = Trainer(training, make_optimiser("adam"), Constant(0.01), steps=3)
    assert len(list(trainer.run())) == 3
    trainer.restore(trainer.state())
    model.perplexity(held_out)
    NGrams(learned, vocabulary, 3).bits_per_character(held_out)
    text = write(model, np.random.default_rng(2), 20, "the", Choice(0.8, top_k=5, top_p=0.9))
    cluster_of(text)
    CharModel.from_checkpoint(model.to_checkpoint())
print("done")
"""


def test_a_text_model_from_first_to_last():
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "pysrc"), "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    assert result.stdout.split() == ["blocked", "done"], result.stderr
