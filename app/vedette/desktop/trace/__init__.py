"""One trace as a waterfall: tree and bars, minimap, details."""
