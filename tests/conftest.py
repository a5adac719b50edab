"""Settings all tests share."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
UNBUILT = [TESTS / "rnn" / name for name in ("cells", "command", "dates", "fast", "text")]

# Time is not what these tests measure, and CI machines stall. The rest stays as Hypothesis set it,
# which on CI means the same examples every time.
settings.register_profile(
    "unrolled", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unrolled")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """While the first browser file has the site built, what needs no build is tested beside it.

    Then come the other browser files, and at the end the small ones that fill what is left.
    """
    first = next((item.path for item in items if item.path.parent == TESTS / "browser"), None)
    items.sort(key=lambda item: (item.path != first, item.path.parent not in UNBUILT))
