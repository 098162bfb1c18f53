"""Everything that knocked, with what became of it."""
