"""What people read fits the width of their terminal, whatever command shows it and on whatever state.

A word that cannot be broken may be wider. Each view is a value that follows its schema.
"""

import json
import re

import jsonschema
import pytest
import typer

from docs.generate.rules import load as load_rules
from fixtures import goldens, load
from linter.cli.app import COMMANDS, app
from linter.fixes.batch import outlook
from linter.fixes.editable import editable
from linter.reports.interface import written
from linter.reports.wrapping import Painter
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import empty_tables
from linter.sources.documents import Documents
from linter.views.baselines import Baselines, RevisedBaseline, baselines_text
from linter.views.checklist import checklist, checklist_text
from linter.views.diff.compared import Diff, layer_diffs
from linter.views.diff.text import diff_text
from linter.views.explained import explained
from linter.views.explained_text import explained_text
from linter.views.fixes import fixes
from linter.views.fixes_text import fixes_text
from linter.views.layers import all_layers
from linter.views.layers_text import layers_text
from linter.views.logins import logins
from linter.views.logins_text import logins_text
from linter.views.markdown_text import markdown_text
from linter.views.preview import Preview, Switch
from linter.views.preview import logins as next_logins
from linter.views.preview_text import preview_text
from linter.views.rule_list import rule_list, rule_list_text
from linter.views.rule_page import rule_page
from linter.views.tokens import FoundToken, Tokens, Unreadable
from linter.views.trace import Traces, traces
from linter.views.trace_text import trace_text
from linter.views.undone import Change, Undone, undone_text
from linter.views.value import VIEWS, as_json, schema_of

WIDTHS = (50, 80, 100, 160)
PLAIN = Painter(colour=False)
SCHEMAS = {name: jsonschema.Draft202012Validator(schema_of(name)) for name in VIEWS}


@pytest.mark.parametrize("name", goldens.names())
def test_the_report_is_golden_and_every_view_fits_and_follows_its_schema(name, pack, tmp_path):
    report = goldens.look_at(name, tmp_path, pack)[0]
    assert goldens.golden(report) == (load.STATES / name / "golden.txt").read_text()
    found = views(report, pack)
    for view, value in found.items():
        for one in value if isinstance(value, list) else [value]:
            SCHEMAS[view].validate(json.loads(as_json(view, one)))
    wide = [
        (width, line)
        for width in WIDTHS
        for line in lines(replaced(report, width), found)
        if too_wide(line, width)
    ]
    assert wide == []


def views(report, pack):
    """Return the value of each view that is made from a state; of `explain` several."""
    tables, options = report.tables, report.options
    snapshot = Snapshot(dict(report.meta), tables, report.documents)
    before = Snapshot(dict(report.meta), empty_tables(), Documents())
    diff = Diff(layer_diffs(before, snapshot), report, report, 0)
    sessions = [row for row in tables["sessions"] if row["live"]]
    using = list(next_logins(snapshot).items())
    switches = [
        Switch(*key, True, was, now, True, True)
        for (key, was), (_, now) in zip(using, reversed(using), strict=True)
    ]
    possible, left = outlook(report.in_order(), editable(report.documents, report.states))
    last = json.loads(written(report, "json"))
    subjects = [str(cause["number"]) for cause in last["causes"]]
    subjects += dict.fromkeys(one["fingerprint"] for one in last["findings"])
    return {
        "layers": all_layers(tables, sessions),
        "logins": logins(tables),
        "trace": Traces(tuple(traces(tables, sessions))),
        "checklist": checklist(report),
        "diff": diff,
        "preview": Preview(
            ("after authlint fix --apply",), ("stop the gateway",), len(switches), tuple(switches), diff
        ),
        "fix": fixes(possible, left, options, made=False),
        "undo": Undone(
            "listed",
            tuple(
                Change(
                    "0001",
                    0,
                    True,
                    (one.plan.fix.title,),
                    tuple(file.document.shown for file in one.plan.files),
                )
                for one in possible
            ),
        ),
        "explain": [explained(subject, pack, [last]) for subject in subjects],
    }


def replaced(report, width):
    return report._replace(options=report.options._replace(width=width))


def lines(report, found):
    """Yield the lines of the report and of every view at the width of the report."""
    options, width = report.options, report.options.width
    diff = replace_diff(found["diff"], report)
    texts = [
        *(written(report, form) for form in ("text", "full")),
        layers_text(found["layers"], width, PLAIN),
        logins_text(found["logins"], report.meta["now"], width, PLAIN),
        checklist_text(found["checklist"], report),
        *(trace_text(trace, lambda at: at["pointer"], width, PLAIN) for trace in found["trace"].sessions),
        diff_text(diff),
        preview_text(found["preview"]._replace(diff=diff)),
        fixes_text(found["fix"], options),
        undone_text(found["undo"], width),
        *(markdown_text(explained_text(one), width=width, colour=False) for one in found["explain"]),
    ]
    for text in texts:
        yield from text.splitlines()


def replace_diff(diff, report):
    return diff._replace(appeared=report, gone=report)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_not_about_a_state_fits_and_follows_its_schema(width, pack):
    listed = rule_list(pack.rules, {})
    revised = Baselines((RevisedBaseline("a/b/authlint-baseline.json", False, 9, 1, 2, 3, 4),))
    SCHEMAS["rules"].validate(json.loads(as_json("rules", listed)))
    SCHEMAS["baselines"].validate(json.loads(as_json("baselines", revised)))
    tokens = Tokens((FoundToken("a", 1, 2, "refresh token"),), (Unreadable("b", "it is a folder"),))
    SCHEMAS["tokens"].validate(json.loads(as_json("tokens", tokens)))
    texts = [rule_list_text(listed, width), baselines_text(revised, width)]
    rules = load_rules()
    pages = [
        rule_page(file, rules.ready[file.rule.id], width) for file in rules.files[:: max(width // 20, 1)]
    ]
    texts += (markdown_text(page, width=width, colour=False) for page in pages)
    texts += (
        markdown_text(explained_text(explained(name, pack, [])), width=width, colour=False)
        for name in (*pack.causes, *[rule.id for rule in pack.rules][::7])
    )
    assert [line for text in texts for line in text.splitlines() if too_wide(line, width)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_fits(command):
    group = typer.main.get_command(app)
    found = group.get_command(group.make_context("authlint", ["lint"], resilient_parsing=True), command)
    for width in WIDTHS:
        about = found.make_context(command, [], resilient_parsing=True, terminal_width=width)
        assert [line for line in found.get_help(about).splitlines() if too_wide(line, width)] == []


def too_wide(line, width):
    """Tell whether a line is wider, and there was a place to break: more than one word behind what leads.

    An argument in quotes is one word, also before the backslash at the end of a line.
    """
    if len(line) <= width:
        return False
    line = re.sub(r"'[^']*'", "word", line.removesuffix(" \\"))
    rest = re.sub(r"^[\s:>=+-]*", "", line).split("  ")[-1]
    return bool(re.search(r"\S \S", rest))
