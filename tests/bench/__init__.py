"""Measures Vedette against its budgets; `make bench` runs it. Prints and stores figures, asserts nothing."""
