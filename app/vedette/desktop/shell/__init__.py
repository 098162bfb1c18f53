"""The main window around the views: sidebar, scope bar, status bar, palette, history."""
