"""Activity and notes: what happened to an issue, and what people wrote about it."""
