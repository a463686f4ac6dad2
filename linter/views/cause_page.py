"""A cause of the last run as a page of Markdown: its effects, what led to them, the ways out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linter.views.finding_page import fix_parts, led_to, place_of, text_of

_MOST_LISTED = 20
_MOST_TOLD = 3
_SHORT = 8  # digits of a fingerprint that tell findings apart for people

Json = Mapping[str, Any]


def causes_named(reports: Sequence[Json], name: str) -> list[tuple[Json, Json]]:
    """Return the causes of a number, or of a kind, each with the report that it is from."""
    return [
        (report, cause)
        for report in reports
        for cause in report.get("causes", ())
        if name in (str(cause["number"]), cause["kind"], f"{cause['kind']}:{cause['key']}")
    ]


def cause_page(report: Json, cause: Json) -> str:
    """Return the page of a cause."""
    known = {one["fingerprint"]: one for one in report["findings"]}
    findings = [known[name] for name in cause["findings"] if name in known]
    return "\n\n".join(_parts(report, cause, findings)) + "\n"


def _parts(report: Json, cause: Json, findings: Sequence[Json]) -> Iterator[str]:
    yield f"# {cause['number']}. {text_of(cause['title'])}"
    if cause["why"]:
        yield text_of(cause["why"])
    yield "\n".join(_effect(report, one) for one in findings[:_MOST_LISTED])
    yield "## How to mend it"
    if cause["fix"]["command"]:
        titles = "; ".join(text_of(title) for title in cause["fix"]["titles"])
        yield f"{titles}:\n\n```sh\n{cause['fix']['command']}\n```"
    for fix in cause["by_hand"]:
        yield from fix_parts(fix)
    for one in findings[:_MOST_TOLD]:
        if one["values"]:
            yield f"## What led to `{one['fingerprint'][:_SHORT]}` ({one['rule']})"
            yield led_to(one)
    yield f"`authlint explain {findings[0]['rule']}` tells more of the rule." if findings else ""


def _effect(report: Json, finding: Json) -> str:
    place = place_of(report, finding["location"])
    name = finding["fingerprint"][:_SHORT]
    return f"- `{name}` {finding['severity']}: {text_of(finding['message'])} ({place})"
