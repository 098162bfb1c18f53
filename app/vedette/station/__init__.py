"""The aiohttp application SDKs talk to, and its life."""
