"""Source from the folders on this disk, and how it stands to what an event saw. For worker threads."""
