"""Would the gradient check notice? Each seeded bug of `mutations` must be caught, and none else."""

import pytest

from tests.rnn.mutations import CHECKS, MUTATIONS, Mutation, load, mutated, source_of
from tests.rnn.sequence_problems import wrong


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m.module}: {m.bug}")
def test_a_bug_is_caught(mutation):
    assert wrong(CHECKS[mutation.module](mutated(mutation))) != []


@pytest.mark.parametrize("module", CHECKS)
def test_without_a_bug_nothing_is_found(module):
    records = CHECKS[module](load(module, source_of(module)))
    assert records
    assert wrong(records) == []


def test_every_module_that_is_checked_has_bugs_and_each_bug_is_another():
    assert {mutation.module for mutation in MUTATIONS} == set(CHECKS)
    assert len({(m.module, m.old, m.new) for m in MUTATIONS}) == len(MUTATIONS) >= 10


@pytest.mark.parametrize("old", ["not to be found", "self"])
def test_a_text_that_is_not_there_exactly_once_is_refused(old):
    with pytest.raises(AssertionError, match="times"):
        mutated(Mutation("none", "rnn.cells.gru", old, ""))
