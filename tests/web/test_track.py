"""The values a slider's track holds are those that a range input gives."""

from tests.web.node import run

TRACK = 'import { valuesAround } from "./views/track";'


def values(low: float, high: float, step: float, here: float) -> list[float]:
    control = f"{{ low: {low}, high: {high}, step: {step} }} as any"
    found: list[float] = run(
        f"{TRACK} console.log(JSON.stringify(valuesAround({control}, {here})));"
    )
    return found


def test_they_begin_next_to_where_the_thumb_is() -> None:
    assert values(-0.2, 0.3, 0.1, 0.12) == [0.1, 0.2, 0.0, 0.3, -0.1, -0.2]


def test_they_are_all_on_the_track_without_a_trace_of_binary_fractions() -> None:
    found = values(-3, 3, 0.01, 0)
    assert sorted(found) == [hundredth / 100 for hundredth in range(-300, 301)]


def test_a_last_step_that_leads_beyond_the_end_is_left_out() -> None:
    assert sorted(values(0, 1, 0.3, 0)) == [0.0, 0.3, 0.6, 0.9]
