"""The rules by which a project groups: edited, tried on what is stored, applied."""
