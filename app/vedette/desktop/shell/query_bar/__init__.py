"""The line for queries: terms as chips that can be switched off, completion, errors where they are."""
