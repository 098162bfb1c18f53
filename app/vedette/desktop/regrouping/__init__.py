"""Overruling grouping by hand: merging, splitting, moving, and taking it back."""
