"""Run all benchmarks, or the ones named: `python -m benchmarks startup epoch latency`."""

import importlib
import sys

NAMES = ("startup", "epoch", "latency", "view-time", "sampling", "text-speed")


def main(names: list[str]) -> int:
    """Return 1 if a benchmark misses its target."""
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        print(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(NAMES)}")
        return 2
    modules = {name: f"benchmarks.{name.replace('-', '_')}" for name in names or NAMES}
    met = {name: importlib.import_module(module).main() for name, module in modules.items()}
    missed = [name for name, good in met.items() if not good]
    print(f"\nTarget missed: {', '.join(missed)}" if missed else "\nAll targets met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
