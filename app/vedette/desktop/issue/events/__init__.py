"""All events of an issue as a table, with columns of one's own."""
