"""Settings: what can be changed, shown with what it means."""
