"""Minidumps: read by `reader`, put into words by `reasons`, made into an event by `event`."""
