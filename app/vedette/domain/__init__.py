"""Values and rules everyone shares. Standard library only."""
