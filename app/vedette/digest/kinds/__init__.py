"""What becomes of each kind of item: one module a family of kinds, `readers` joins them."""
