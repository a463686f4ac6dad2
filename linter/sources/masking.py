"""What of a text may be shown. Default-deny: a string that is not known to be harmless is masked.

In a text that parses, strings are judged whole, by key and shape. In one that does not, quotes may lie and a
token may be torn anywhere: there, only field names, numbers and what is too short to matter are shown.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

MASK = "***"

_TOKEN = re.compile(
    r"""
      "(?P<double> (?: [^"\\] | \\. )*+ )"
    | '(?P<single> (?: [^'\\] | \\. )*+ )'
    | ["'](?P<open> .+ )  # a string without an end
    | (?P<run> [^\s{}\[\],:="']++ )
    | (?P<close> [}\]] )
    """,
    re.VERBOSE | re.DOTALL,
)
_IS_KEY = re.compile(r"\s*[:=]")
_LITERAL = re.compile(r"-?\d{1,17}(?:\.\d{1,17})?|true|false|null")
_TORN_RUN = re.compile(r"""[^\s{}\[\],:"']{8,}""")
_TORN_NUMBER = re.compile(r"(?<=:) ?-?\d{8,17}(?=[,\s}\]])")

_SECRET_KEY = re.compile(
    r"token|secret|passw|passphrase|cookie|authorization|bearer|(?:api|private)[_-]?key"
    r"|^(?:access|refresh|key|code|jwt|credential|message|prompt|text)$",
    re.IGNORECASE,
)
_PROSE_KEYS = frozenset(
    {"displayName", "label", "title", "reason", "description", "workspace", "path", "surface"}
)
_FIELD_NAMES = frozenset(  # those of 8 letters and more, which would be masked in a torn text
    """
    access_token accountId account_id agentDir authProfileOverride authProfileOverrideCompactionCount
    authProfileOverrideSource auth_mode blockedReason blockedUntil chatgptPlanType compactionCount
    cooldownReason cooldownUntil disabledReason disabledUntil displayName errorCount failureCounts id_token
    lastFailureAt lastGood lastProbeAt lastUsed last_refresh modelOverride modelProvider openai-codex profiles
    provider providerOverride refresh_token sessionId updatedAt usageStats
    """.split()  # noqa: SIM905 - words read better than a column of quotes
)

_LONGEST = 160
_TOKEN_SHAPE = re.compile(
    r"(?<![A-Za-z0-9])(?:eyJ|sk-|rt[_.]|gh[a-z]_|xox[a-z]-|openclaw-oauth-refresh-fence)"
)
_UUID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
_SUBJECT_ID = re.compile(r"[a-z][a-z-]*:id-[\w-]+")
_EMAIL_NAME = re.compile(r"(?<![\w.+-])[a-z0-9]{1,12}(?:[.+_-][a-z0-9]{1,12}){0,3}@(?=[\w-]+\.[a-z])")
_WORD = re.compile(r"[A-Za-z0-9]+")
_LONG_RUN = re.compile(r"[\w-]{20,}")
_FIELD_NAME = re.compile(r"[a-z]{2,15}(?:[A-Z][a-z]{2,15}){1,5}|[^A-Z]+|[^a-z]+")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)
_PLAIN = re.compile(
    r"[A-Za-z0-9]{1,3}"
    r"|\d{1,17}"
    r"|\d\dT\d\d|\d{1,6}Z"  # of a time
    r"|\d{0,4}[a-z]{1,15}\d{0,4}"
    r"|[A-Z]{1,12}\d{0,4}"
    r"|(?:[a-z]{2,15}|[A-Z][a-z]{1,15})(?:[A-Z][a-z]{2,15}){0,5}(?:Id)?\d{0,4}"
)


class Masked(NamedTuple):
    """A stretch of a text that must not be shown."""

    start: int
    end: int


def masked(text: str, *, cut: bool = False) -> Iterator[Masked]:
    """Find what to mask in a text that begins outside of strings, taken from one that parses.

    With `cut`, its last word may be part of a longer one and is masked.
    """
    key = None
    for match in _TOKEN.finditer(text):
        group = match.lastgroup or ""
        if group == "close":
            key = None
            continue
        is_key = group != "open" and _IS_KEY.match(text, match.end()) is not None
        literal = group == "run" and _LITERAL.fullmatch(match[group])
        partial = group == "open" or (cut and match.end() == len(text))
        if partial or not (literal or readable(match[group], None if is_key else key)):
            yield Masked(*match.span(group))
        if is_key:
            key = match[group]


def masked_in_torn(text: str) -> Iterator[Masked]:
    """Find what to mask in a text in which a token may begin and end anywhere."""
    numbers = {match.end() for match in _TORN_NUMBER.finditer(text)}
    for match in _TORN_RUN.finditer(text):
        if match[0] not in _FIELD_NAMES and match.end() not in numbers:
            yield Masked(*match.span())


def readable(string: str, key: str | None) -> bool:
    """Tell whether a whole string may be shown, being the value of `key` where that is known."""
    if len(string) > _LONGEST or (key is not None and _SECRET_KEY.search(key)) or _TOKEN_SHAPE.search(string):
        return not string
    if key not in _PROSE_KEYS and any(character.isspace() for character in string):
        return False
    if _SUBJECT_ID.fullmatch(string):
        return True
    rest = _UUID.sub("", string)
    if "://" not in string:  # where a password may stand before the `@`
        rest = _EMAIL_NAME.sub("", rest)
    if any(not _FIELD_NAME.fullmatch(run) or _CONSONANTS.search(run) for run in _LONG_RUN.findall(rest)):
        return False
    return all(_PLAIN.fullmatch(word) for word in _WORD.findall(rest))
