"""A user's `authlint.yaml`: which rules run and how, what is suppressed, which further files are read."""
