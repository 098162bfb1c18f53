"""Builders and guards that tests share."""
