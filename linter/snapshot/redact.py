"""Masking of token-like text in any string that leaves the program: the last of several safeguards."""

import re

MASK = "[secret]"

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_TOKEN = re.compile(
    r"eyJ[\w-]{6,}(?:\.[\w-]*)*"  # JWT, whole or torn
    r"|\bsk-[\w-]{6,}"  # API key
    r"|\brt[_.][\w.-]{4,}"  # refresh token
    r"|openclaw-oauth-refresh-fence:[\w:]*"
    # A long unbroken run, unless it holds a UUID (session and account ids) or is the subject part of a
    # profile id, which OpenClaw builds as `<provider>:id-<base64url>`.
    rf"|(?<![\w+=-])(?!id-)(?![\w+=-]*{_UUID})[\w+=-]{{40,}}"
)


def scrub(text: str) -> str:
    """Return `text` with everything that looks like a token replaced by a mask."""
    return _TOKEN.sub(MASK, text)
