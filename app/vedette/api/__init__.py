"""``/api/0/``: one module per resource."""
