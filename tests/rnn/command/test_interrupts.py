"""Interrupts: asked once they wait for the save, asked again they do not."""

import signal

import pytest

from rnn.command.interrupts import PATIENCE, Interrupts


class Clock:
    now = 5.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_each_signal_is_a_question(name):
    number = getattr(signal, name)
    outside = signal.signal(number, signal.default_int_handler)  # nohup may run the tests
    try:
        with Interrupts() as interrupts:
            assert not interrupts.asked
            signal.raise_signal(number)
            assert interrupts.asked
        assert signal.getsignal(number) == signal.default_int_handler
    finally:
        signal.signal(number, outside)


def test_asking_again_after_a_while_is_obeyed_at_once():
    clock = Clock()
    with Interrupts(clock) as interrupts:
        signal.raise_signal(signal.SIGINT)
        clock.now += PATIENCE - 0.1
        signal.raise_signal(signal.SIGINT)  # some send it twice
        assert interrupts.asked
        clock.now += 0.2
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_where_nothing_can_be_lost_it_is_obeyed_at_once():
    with Interrupts() as interrupts:
        with pytest.raises(KeyboardInterrupt), interrupts.nothing_to_lose():
            signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt), interrupts.nothing_to_lose():
            pytest.fail("it was asked before")
        signal.raise_signal(signal.SIGTERM)  # and here something can be lost again


def test_nohup_stays_in_force():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts:
            signal.raise_signal(signal.SIGHUP)
            assert not interrupts.asked
    finally:
        signal.signal(signal.SIGHUP, before)
