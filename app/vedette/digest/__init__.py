"""Spool to processing to store: the only writer."""
