"""Why it cannot be said what a step would do."""


class UnpredictableError(Exception):
    """The state, or the step, is outside of what is known; the text says why, and what to do instead."""
