"""The values a slider's track holds are those that a range input gives."""

from tests.web.node import run

TRACK = 'import { trackValues } from "./views/track";'


def values(low: float, high: float, step: float) -> list[float]:
    control = f"{{ low: {low}, high: {high}, step: {step} }} as any"
    found: list[float] = run(f"{TRACK} console.log(JSON.stringify(trackValues({control})));")
    return found


def test_they_are_all_on_the_track_without_a_trace_of_binary_fractions() -> None:
    assert values(-3, 3, 0.01) == [hundredth / 100 for hundredth in range(-300, 301)]
    assert values(0.1, 10, 0.1) == [tenth / 10 for tenth in range(1, 101)]
    assert values(5, 20, 1) == list(range(5, 21))


def test_a_last_step_that_leads_beyond_the_end_is_left_out() -> None:
    assert values(0, 1, 0.3) == [0.0, 0.3, 0.6, 0.9]
