"""Go on training an exported character model with PyTorch, on all the processors or GPUs you have.

When to move on from the browser tab: when an epoch takes longer than you care to wait. A tab has
one core and no GPU. It is at home with models up to about a million weights and texts of a few
megabytes. `python -m rnn train` on the same machine is several times as fast; this script is as
fast as the machines it is given. Beyond it the weights are PyTorch's: use what you like.

    python -m rnn train book.txt --output book.safetensors       # or a model from the browser
    python -m rnn export book.safetensors --to torch             # book.torch.safetensors
    torchrun --standalone --nproc-per-node 2 examples/torch_ddp.py book.torch.safetensors book.txt
    python -m rnn export book.ddp.safetensors --to model         # back to the browser

DistributedDataParallel keeps a copy of the model in every process, gives each its own streams of
the text, and averages their gradients: two processes with 16 streams each take the very steps that
one takes with 32. Needs torch, numpy and safetensors; gloo on CPUs, nccl where there are GPUs.
"""

import argparse
import math
import os
import sys
import time
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, distributed, nn
from torch.nn.functional import cross_entropy, one_hot
from torch.nn.parallel import DistributedDataParallel

FORMAT = "unrolled weights for PyTorch 1"
State = tuple[Tensor, Tensor] | Tensor | None
LAYERS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class CharModel(nn.Module):
    """One-hot characters in, scores of the next character out; all (time, batch, ...)."""

    def __init__(self, kind: str, symbols: int, hidden: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.symbols = symbols
        self.layer = LAYERS[kind](symbols, hidden, layers, dropout=dropout if layers > 1 else 0.0)
        self.head = nn.Linear(hidden, symbols)

    def forward(self, indices: Tensor, state: State = None) -> tuple[Tensor, State]:
        """Scores (time, batch, symbols) for indices (time, batch), and the state after."""
        dtype = self.head.weight.dtype
        outputs, state = self.layer(one_hot(indices, self.symbols).to(dtype), state)
        return self.head(outputs), state

    def exported(self) -> dict[str, Tensor]:
        """The weights under the names they came with."""
        weights = {**self.layer.state_dict(), **self.head.state_dict(prefix="head.")}
        return {name: weight.detach().cpu().contiguous() for name, weight in weights.items()}

    def load(self, weights: dict[str, Tensor]) -> None:
        """Take over the weights of an exported file."""
        head = {name[5:]: weight for name, weight in weights.items() if name.startswith("head.")}
        self.head.load_state_dict(head)
        self.layer.load_state_dict({n: w for n, w in weights.items() if not n.startswith("head.")})


def read_model(path: str) -> tuple[CharModel, dict[str, str]]:
    """The model in an exported file, and the facts that travel with it."""
    with safe_open(path, "pt") as file:
        facts = file.metadata() or {}
        weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  (no dict)
    if facts.get("format") != FORMAT:
        sys.exit(f"{path} was not written by `python -m rnn export --to torch`.")
    sizes = int(facts["hidden"]), int(facts["layers"])
    model = CharModel(facts["kind"], len(facts["vocabulary"]), *sizes, float(facts["dropout"]))
    model = model.to(getattr(torch, facts["dtype"]))
    model.load(weights)
    return model, facts


def read_text(path: str, vocabulary: str) -> tuple[Tensor, Tensor]:
    """Indices of the text to learn from, and of the last tenth, which is held out."""
    text = Path(path).read_bytes().decode("utf-8-sig")  # line ends as they are
    places = {character: index for index, character in enumerate(vocabulary)}
    if unknown := sorted(set(text) - set(places)):
        sys.exit(f"The model does not know {''.join(unknown)[:20]!a}, which the text holds.")
    indices = torch.tensor([places[character] for character in text])
    cut = len(text) - len(text) // 10
    return indices[:cut], indices[cut:]


def streams(indices: Tensor, batch: int) -> tuple[Tensor, Tensor]:
    """The text as `batch` streams side by side, and what comes next: both (time, batch)."""
    length = (len(indices) - 1) // batch
    inputs, targets = indices[: batch * length], indices[1 : batch * length + 1]
    return inputs.reshape(batch, length).T, targets.reshape(batch, length).T


def detached(state: State) -> State:
    """The state without its history: nothing flows back into the window before."""
    if isinstance(state, tuple):
        return state[0].detach(), state[1].detach()
    return None if state is None else state.detach()


@torch.no_grad()
def bits_per_character(model: CharModel, indices: Tensor, device: torch.device) -> float:
    """The mean loss on a text, in bits, read as up to 32 streams."""
    model.eval()
    inputs, targets = (
        part.to(device) for part in streams(indices, max(1, min(32, len(indices) // 500)))
    )
    total, state = 0.0, None
    for start in range(0, len(inputs), 256):
        scores, state = model(inputs[start : start + 256], state)
        total += cross_entropy(
            scores.flatten(0, 1), targets[start : start + 256].flatten(), reduction="sum"
        ).item()
    model.train()
    return total / targets.numel() / math.log(2)


def train(chosen: argparse.Namespace, rank: int, world: int, device: torch.device) -> None:
    """The same loop in every process; only the streams differ, and only the first one speaks."""
    model, facts = read_model(chosen.model)
    model = model.to(device)
    learned, held_out = read_text(chosen.text, facts["vocabulary"])
    if chosen.batch % world or (len(learned) - 1) // chosen.batch < chosen.length:
        sys.exit(f"The batch must be a multiple of {world} and the text long enough for it.")
    mine = slice(rank * chosen.batch // world, (rank + 1) * chosen.batch // world)
    inputs, targets = (part[:, mine].to(device) for part in streams(learned, chosen.batch))
    parallel = DistributedDataParallel(model, [device] if device.type == "cuda" else None)
    optimiser = torch.optim.Adam(model.parameters(), lr=chosen.rate)
    windows, state, started = len(inputs) // chosen.length, None, time.monotonic()

    def say(words: str) -> None:
        if rank == 0:
            print(words, flush=True)

    say(f"{world} processes on {device.type}, {chosen.batch // world} streams each")
    if rank == 0:
        say(f"before: held out {bits_per_character(model, held_out, device):.3f} bits")
    for step in range(chosen.steps):
        begin = step % windows * chosen.length
        if begin == 0:
            state = None
        window = slice(begin, begin + chosen.length)
        scores, state = parallel(inputs[window], state)
        state = detached(state)
        loss = cross_entropy(scores.flatten(0, 1), targets[window].flatten())
        optimiser.zero_grad()
        loss.backward()  # here the gradients are averaged over all processes
        nn.utils.clip_grad_norm_(model.parameters(), chosen.clip)
        optimiser.step()
        if (step + 1) % chosen.report == 0 or step + 1 == chosen.steps:
            done = (step + 1) * chosen.length * chosen.batch
            speed = done / (time.monotonic() - started)
            bits = loss.item() / math.log(2)
            where = f"step {step + 1:,} of {chosen.steps:,}"
            say(f"{where}: loss {bits:.3f} bits, {speed:,.0f} characters/s")
    if rank == 0:
        say(f"after: held out {bits_per_character(model, held_out, device):.3f} bits")
        save_file(model.exported(), chosen.output, facts)
        say(f"saved in {chosen.output}")


def main() -> None:
    """Join the other processes, train, part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="what `python -m rnn export --to torch` wrote")
    parser.add_argument("text", help="the text, UTF-8; its last tenth is held out")
    parser.add_argument("--output", help="default: the model's name with .ddp")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=32, help="streams, of all processes together")
    parser.add_argument("--length", type=int, default=64, help="characters backpropagated through")
    parser.add_argument("--rate", type=float, default=0.002)
    parser.add_argument("--clip", type=float, default=5.0, help="the gradient's largest norm")
    parser.add_argument("--report", type=int, default=100, help="steps between two lines")
    parser.add_argument("--seed", type=int, default=1, help="of dropout")
    chosen = parser.parse_args()
    chosen.output = chosen.output or (
        chosen.model.removesuffix(".safetensors").removesuffix(".torch") + ".ddp.safetensors"
    )
    gpu = torch.cuda.is_available()
    distributed.init_process_group("nccl" if gpu else "gloo")
    rank, world = distributed.get_rank(), distributed.get_world_size()
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if gpu else torch.device("cpu")
    if not gpu:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // world))
    torch.manual_seed(chosen.seed + rank)
    try:
        train(chosen, rank, world, device)
        distributed.barrier()
    finally:
        distributed.destroy_process_group()


if __name__ == "__main__":
    main()
