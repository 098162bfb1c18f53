"""Two events side by side: what differs, what only one has, and the bytes of both."""
