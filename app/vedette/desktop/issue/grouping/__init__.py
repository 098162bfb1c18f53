"""Why an event belongs to its issue."""
