"""Snapshots shown to people as they are, without any judgement by rules: one module per view."""
