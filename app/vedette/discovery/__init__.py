"""Stations on the local network, announced and found by zeroconf."""
