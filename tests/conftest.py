"""Settings all tests share."""

from hypothesis import settings

# Time is not what these tests measure, and CI machines stall. The rest stays as Hypothesis set it,
# which on CI means the same examples every time.
settings.register_profile("unrolled", settings(), deadline=None)
settings.load_profile("unrolled")
