"""A stack trace as values: frames, chains of exceptions, threads, text. Pure: no Qt, no files."""
