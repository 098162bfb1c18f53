"""One item through the pipeline: parse, normalise, mark in-app, group, describe.

Bytes in, values out; the same path for a live SDK, an opened file and an import.
"""
