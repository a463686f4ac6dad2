"""Every text of a finding that a person sees is masked, one by one."""

from linter.engine.finding import Cause, Finding, Fix, Location, Suppression
from linter.reports.masking import masked

SECRET = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJpbnZlbnRlZCJ9.c2lnbmF0dXJl"


def test_every_text_of_a_finding_is_masked():
    place = Location("s", "/x")
    finding = Finding(
        rule="rule",
        severity="error",
        message=f"message {SECRET}",
        location=place,
        related=(Location("s", "/y", f"label {SECRET}"),),
        subject=(("session", f"subject {SECRET}"),),
        fixes=(Fix(f"title {SECRET}", "advice", commands=(f"command {SECRET}",), reason=f"reason {SECRET}"),),
        fingerprint="f",
        values={"pin": [f"value {SECRET}"]},
        cause=Cause("lost", f"key {SECRET}"),
        effect=f"effect {SECRET}",
        suppression=Suppression(f"accepted {SECRET}", "2027-01-31", place),
    )
    shown = repr(masked(finding))
    assert "eyJ" not in shown
    for word in (
        "message",
        "label",
        "subject",
        "title",
        "command",
        "reason",
        "value",
        "key",
        "effect",
        "accepted",
    ):
        assert f"{word} [secret]" in shown
