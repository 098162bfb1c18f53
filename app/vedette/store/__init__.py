"""The workspace on disk: SQLite through SQLAlchemy Core and apsw. The only room that knows SQL."""
