"""Items that have to do with an event or a trace, as a list that leads to the Ingest inspector."""
