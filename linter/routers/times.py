"""How recent the writing of a router is."""

ACTIVE_WINDOW_MS = 7 * 86_400_000
"""A router that wrote within this time is at work."""
