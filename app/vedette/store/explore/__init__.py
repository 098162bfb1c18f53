"""Questions over rows of every kind: which columns, counted and measured how, of what."""
