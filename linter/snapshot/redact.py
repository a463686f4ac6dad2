"""Masking of token-like text in any string that leaves the program: the last of several safeguards."""

import re
from functools import lru_cache
from hashlib import sha256

MASK = "[secret]"

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_TOKEN = re.compile(
    r"eyJ[\w-]{6,}(?:\.[\w-]*)*"  # JWT, whole or torn
    r"|\bsk-[\w-]{6,}"  # API key
    r"|\brt[_.][\w.-]{4,}"  # refresh token
    r"|openclaw-oauth-refresh-fence:[\w:]*"
)
# An unbroken run, unless it holds a UUID (session and account ids) or is the subject part of a profile id,
# which OpenClaw builds as `<provider>:id-<base64url>`.
_RUN = re.compile(rf"(?<![\w+=-])(?!id-)(?![\w+=-]*{_UUID})[\w+=-]{{20,}}")
_LONG = 40
_NAMED = ("user-", "user_", "org-", "org_", "acct_")  # ids that services give out
_MIXED = tuple(map(re.compile, ("[a-z]", "[A-Z]", "[0-9]")))
_SWITCH = re.compile(r"(?<=[a-z])[A-Z0-9]|(?<=[A-Z])[0-9]|(?<=[0-9])[A-Za-z]")
"""Where a run changes between small letters, capitals and digits, but for the first letter of a word."""
_RESTLESS = 4  # as random text, which switches at every second character; names and models at every sixth


def has_token(text: str) -> bool:
    """Tell whether a text holds what has the form of a token."""
    return MASK in scrub(text)


@lru_cache(maxsize=1 << 14)
def scrub(text: str) -> str:
    """Return `text` with everything that looks like a token replaced by a mask.

    What may be a secret without a form, or a random id, gets masks that tell one from another. Of the texts
    of many findings one in ten differs from those before, so that they are kept for a while.
    """
    return _RUN.sub(_masked_run, _TOKEN.sub(MASK, text))


def _masked_run(match: re.Match[str]) -> str:
    run = match[0]
    if len(run) >= _LONG:
        return MASK
    if run.startswith(_NAMED) or not all(kind.search(run) for kind in _MIXED):
        return run
    if len(_SWITCH.findall(run)) * _RESTLESS < len(run):
        return run
    return f"[secret {sha256(run.encode(errors='surrogatepass')).hexdigest()[:6]}]"
