"""Write the card of a trained model: how it was made, how good it is, and what it writes.

python -m publish.models.cards MODEL CORPUS LOG SETTINGS

MODEL and CORPUS are two files (models/moby-dick-lstm.safetensors, build/corpora/moby-dick.txt), LOG
is what `rnn train` printed, SETTINGS the options it was given after the text's name. Every figure
is measured anew, from the model and the corpus; only the curve is the log's.
"""

import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rnn.text.char_model import CharModel
from rnn.text.code import TEMPERATURE, balance, generate_code, parse_share
from rnn.text.ngrams import NGrams
from rnn.text.sampling import Choice, write
from rnn.text.streams import split

CURVE = re.compile(r"step ([\d,]+) of [\d,]+: loss ([\d.]+) bits, held out ([\d.]+) bits")
ROWS = 8  # of a curve
ORDERS = {"unigram": 1, "bigram": 2, "trigram": 3}
SAMPLES, LENGTH = 200, 400


def card(model_path: Path, corpus_path: Path, log: str, settings: str) -> str:
    """The card, as Markdown."""
    data = corpus_path.read_bytes()
    model, text = CharModel.from_checkpoint(model_path.read_bytes()), data.decode("utf-8")
    learned, held_out = split(text)
    bits = model.bits_per_character(held_out)
    name, corpus = model_path.stem, corpus_path.stem
    baselines = "\n".join(
        f"| {words} | {NGrams(learned, model.vocabulary, order).bits_per_character(held_out):.3f} |"
        for words, order in ORDERS.items()
    )
    return f"""## {name}

{model.kind.upper()}, {model.layers} x {model.hidden}, {model.parameters.flat.size:,} parameters,
{len(model.vocabulary)} characters. Corpus `{corpus}`, SHA-256
`{hashlib.sha256(data).hexdigest()}`: {len(learned):,} characters to learn from,
{len(held_out):,} held out.

```sh
python -m rnn train build/corpora/{corpus}.txt {settings} --output build/models/{name}.safetensors
python -m rnn export build/models/{name}.safetensors --to model --output models/{name}.safetensors
```

Of the held-out text (perplexity {2**bits:.2f}):

| | bits per character |
|---|---|
| this model | {bits:.3f} |
{baselines}

| step | loss, smoothed | held out |
|---|---|---|
{_curve(log, bits)}

{_python(model) if corpus == "python" else _sample(model, corpus)}"""


def _curve(log: str, bits: float) -> str:
    """Some rows of the log, each the first after the model was judged; the last is exact."""
    *entries, (step, loss, _) = CURVE.findall(log)
    judged = {held_out: (at, smoothed, held_out) for at, smoothed, held_out in reversed(entries)}
    rows = list(reversed(judged.values()))
    chosen = [rows[round(at)] for at in np.linspace(0, len(rows) - 1, min(ROWS, len(rows)))]
    return "\n".join(f"| {a} | {b} | {c} |" for a, b, c in [*chosen, (step, loss, f"{bits:.3f}")])


def _sample(model: CharModel, corpus: str) -> str:
    temperature = 0.8 if corpus == "first-names" else 0.6
    written = write(model, np.random.default_rng(1), LENGTH, "\n", Choice(temperature))
    return f"Written after a line feed at temperature {temperature}, seed 1:\n\n{_quoted(written)}"


def _python(model: CharModel) -> str:
    """How much of what it writes is Python, and the first sample."""
    samples = [
        generate_code(model, "def ", LENGTH, np.random.default_rng([1, number]))
        for number in range(SAMPLES)
    ]
    share, found = parse_share(samples), [balance(sample) for sample in samples]
    pairs, unmatched = sum(b.pairs for b in found), sum(b.unmatched for b in found)
    lines, misplaced = sum(b.lines for b in found), sum(b.misplaced for b in found)
    return (
        f"Of {SAMPLES} samples of {LENGTH} characters after `def `, temperature {TEMPERATURE}, "
        f"each cut at its last\ncomplete top-level block, {share.complete} had such a block and "
        f"Python parses {share.parsed}: {share.parsed} of {SAMPLES} samples,\n{share.share:.0%} of "
        f"all and {share.share_of_complete:.0%} of those with a complete block. "
        f"{2 * pairs / (2 * pairs + unmatched):.1%} of the brackets are\nin pairs, "
        f"{1 - misplaced / lines:.1%} of the lines are indented as Python allows.\n\n"
        f"The first of them:\n\n{_quoted(samples[0])}"
    )


def _quoted(text: str) -> str:
    return f"```text\n{text.strip(chr(10))}\n```\n"


def main(arguments: Sequence[str]) -> None:
    """Print a card."""
    model, corpus, log = map(Path, arguments[:3])
    print(card(model, corpus, log.read_text(encoding="utf-8"), " ".join(arguments[3:])))


if __name__ == "__main__":
    main(sys.argv[1:])
