"""Pointing an SDK at this station: the DSN, a snippet for each platform, and a first event."""
