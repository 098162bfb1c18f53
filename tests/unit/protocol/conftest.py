"""Hypothesis for this room: the same cases every time, no clock, nothing written beside the tests."""

from hypothesis import settings

settings.register_profile("protocol", derandomize=True, deadline=None, database=None)
settings.load_profile("protocol")
