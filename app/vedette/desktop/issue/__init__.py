"""One issue and its events: what happened, where, and everything the event brought."""
