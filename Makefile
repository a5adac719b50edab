# The commands of this repository. `make` alone lists them; what they do is in pysrc/publish.

# The first Python new enough; name another with `make serve PYTHON=/path/to/python3.12`.
PYTHON := $(or $(PYTHON),$(firstword $(foreach python,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(python) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(python)))),python3)
VENV := .venv/bin/python
TORCH_PYTHON := $(or $(TORCH),.venv-torch/bin/python)
TORCH_TESTS := tests/rnn/parity/test_with_torch.py tests/rnn/export tests/examples
export PYTHONPATH := pysrc

.DEFAULT_GOAL := help
.PHONY: help serve build test check format bench test-torch zensical lock clean ready-%

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

serve: ready-build  ## Set up, build, and serve the book on http://127.0.0.1:8000
	@$(VENV) -m publish serve

build: ready-build  ## Build the static site into site/
	@$(VENV) -m publish build

test: ready-test  ## Run every test, with the built site in a browser
	@$(VENV) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Another Python that has torch and requirements/torch.in's others: make test-torch TORCH=/path/to/python
test-torch: $(if $(TORCH),,ready-torch)  ## Compare with PyTorch itself (the first time downloads gigabytes)
	@$(if $(GOLDENS),PYTHONPATH=pysrc:. $(TORCH_PYTHON) -m tests.rnn.parity.make_goldens)
	@OMP_NUM_THREADS=1 $(TORCH_PYTHON) -m pytest -q $(TORCH_TESTS)

check: ready-check  ## Format, lint, types and the tests that need no browser
	@$(VENV) -m publish check

format: ready-check  ## Format the sources
	@$(VENV) -m publish format

bench: ready-test  ## Measure start-up and training in a browser
	@$(VENV) -m benchmarks

zensical: ready-zensical  ## Build with Zensical, the generator we could move to, into site-zensical/
	@$(VENV) -m publish zensical

lock: ready-build  ## Write the lock files anew
	@$(VENV) -m publish.lock

clean:  ## Remove everything that was built or installed
	rm -rf build site site-zensical node_modules .venv .venv-zensical .venv-torch .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis

ready-%:
	@command -v $(PYTHON) >/dev/null || { echo "Unrolled needs Python 3.11 or newer, and there is no $(PYTHON) here: install it."; exit 1; }
	@$(PYTHON) -m publish.setup $*
