"""The public functions, each with what it returns: what commands do, for programs."""
