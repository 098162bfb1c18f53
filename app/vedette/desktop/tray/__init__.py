"""Beside the windows: the tray icon and its menu, notifications, and what closing the last window means."""
