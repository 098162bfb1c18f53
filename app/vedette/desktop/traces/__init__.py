"""The list of traces, and durations by transaction."""
