"""The fixes in SARIF give, to a reader that knows only the standard, the bytes that the plan gives."""

import json
from hashlib import sha256
from io import StringIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from linter.engine.finding import Edit, Finding, Fix, Location
from linter.fixes.plan import Plan, plan
from linter.reports import sarif
from linter.reports.interface import Report
from linter.sources.documents import Documents
from linter.sources.json_document import JsonDocument


def fixed(text, fix):
    """Apply the artifact changes of one SARIF fix to its file, by lines and columns."""
    lines = text.removeprefix("\ufeff").split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    body = "\n".join(lines)
    for replacement in reversed(fix["artifactChanges"][0]["replacements"]):
        region = replacement["deletedRegion"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        if "charOffset" in region:
            assert (start, end) == (region["charOffset"], region["charOffset"] + region["charLength"])
        body = body[:start] + replacement.get("insertedContent", {"text": ""})["text"] + body[end:]
    return ("\ufeff" if text.startswith("\ufeff") else "") + body


scalars = st.none() | st.integers(-9, 9) | st.sampled_from(["x", "ü", "😀"])
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
objects = st.dictionaries(st.sampled_from(["a", "b", "c/d", "😀"]), values, min_size=1)


@given(
    st.dictionaries(st.sampled_from(["x", "y"]), objects, min_size=1),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([None, 2]),
    st.data(),
)
def test_an_independent_reader_gets_the_planned_bytes(value, mark, newline, indent, data):
    text = mark + json.dumps(value, indent=indent, ensure_ascii=False).replace("\n", newline) + newline
    documents = Documents()
    documents.add(JsonDocument("s", Path("/state/s"), "s", text, sha256(text.encode()).hexdigest()))
    edits = tuple(
        Edit(data.draw(st.sampled_from(["set", "remove"])), "s", f"/{outer}/{name}", data.draw(values))
        for outer in value
        for name in data.draw(st.sets(st.sampled_from(["a", "b", "c~1d", "new"]), max_size=3))
    )
    fix = Fix("t", "unsafe", edits=edits)
    finding = Finding("r", "error", "m", Location("s", ""), (), (), (fix,), "f", {})
    stream = StringIO()
    sarif.write(Report((finding,), documents, {}, {}, {"STATEDIR": Path("/state")}), stream)
    result = json.loads(stream.getvalue())["runs"][0]["results"][0]
    planned = plan(fix, documents)
    if isinstance(planned, Plan):
        assert fixed(text, result["fixes"][0]) == planned.files[0].after()
    else:
        assert "fixes" not in result
