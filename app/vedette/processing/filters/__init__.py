"""Inbound filters: what a project does not want among its events. Pure.

A filtered item is kept with its bytes and shows its reason in the Ingest inspector; it makes no event.

Source: the protocol's inbound filters with their keys, lists and versions.
"""
