"""Which version does what stands in selection/semantics.py only; rules ask `meta.semantics`."""

import re

from linter.configuration.rule_pack import built_in_rules
from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.tables import schema

LOOKS_INTO_VERSIONS = re.compile(r"\([^)]*meta\.version|meta\.version\s*[<>=!]|[<>=!]=?\s*meta\.version")


def test_no_rule_knows_versions_by_itself():
    lines = [
        f"{path.name}: {line.strip()} (ask a flag of meta.semantics)"
        for path in sorted(built_in_rules().rglob("*.yaml"))
        for line in path.read_text(encoding="utf-8").split("\nexamples:")[0].splitlines()
        if LOOKS_INTO_VERSIONS.search(line.split("{coalesce(meta.version")[0])
    ]
    assert lines == []


def test_every_flag_is_described_for_rules():
    assert list(schema()["$defs"]["semantics"]["properties"]) == list(Semantics._fields)
