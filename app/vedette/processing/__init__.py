"""Event in, event out: normalise, mark in-app, group, and describe what is written. Pure functions."""
