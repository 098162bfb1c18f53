"""The page of an event that shows its stack traces."""
