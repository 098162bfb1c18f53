"""Colours, fonts, spacing, icons and code highlighting: everything a view may know about looks."""
