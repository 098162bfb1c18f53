"""Vedette: offline error and performance inspection for one desk and its local network."""

__version__ = "0.1.0"
