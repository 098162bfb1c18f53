"""Bytes in, values out: the Sentry wire protocol. No socket, no clock, no store."""
