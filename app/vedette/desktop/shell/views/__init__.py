"""Saved views: a search with its scope and order under a name, listed in the sidebar with live counters."""
