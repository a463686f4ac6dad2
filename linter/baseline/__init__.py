"""Baselines: findings that were there before, so that a run reports only what is new."""
