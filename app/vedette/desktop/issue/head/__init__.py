"""What stands above and beside the event: the issue itself, its events over time, the way among them."""
