"""Structural fixes as text edits."""
