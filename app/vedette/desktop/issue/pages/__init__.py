"""The pages of an event beside its stack trace."""
