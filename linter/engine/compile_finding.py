"""The part of a rule that turns violations into findings: severity, message, places and fixes."""

from linter.engine.checker import Checker, Names
from linter.engine.rule import Adjustment, Collection, FindingPlan, FixPlan, RelatedPlace
from linter.engine.shape import ANY, list_of
from linter.engine.yaml_values import Steps


def compile_finding(checker: Checker, scope: Names, subject: str) -> FindingPlan:
    """Compile it in the scope of a violation."""
    collect = _collection(checker, scope)
    told = {**scope, **dict.fromkeys(collect["as"] if collect else (), list_of(ANY))}
    return {
        "adjust": [_adjustment(checker, index, scope, told) for index in _indexes(checker, "adjust")],
        "collect": collect,
        "at": checker.path(("at",), checker.at(("at",)) or subject, told),
        "related": [_related(checker, label, told) for label in checker.at(("related",)) or {}],
        "message": checker.template(("message",), told),
        "fixes": [_fix(checker, ("fixes", index), told) for index in _indexes(checker, "fixes")],
        "mentions": checker.mentions(scope),  # what names the cause has not led to the finding
        "cause": [(kind, checker.expression(("cause", kind), told)) for kind in checker.at(("cause",)) or {}],
        "effect": checker.template(("effect",), told),
    }


def _indexes(checker: Checker, key: str) -> range:
    return range(len(checker.at((key,)) or ()))


def _collection(checker: Checker, scope: Names) -> Collection | None:
    given = checker.at(("collect",))
    if given is None:
        return None
    for name in given.get("as", {}):
        checker.claim(("collect", "as", name), name, scope)
    lists = {name: checker.expression(("collect", "as", name), scope) for name in given.get("as", {})}
    return {"by": checker.expressions(("collect", "by"), scope), "as": lists}


def _adjustment(checker: Checker, index: int, scope: Names, told: Names) -> Adjustment:
    steps: Steps = ("adjust", index)
    if not checker.at(steps).keys() & {"severity", "message", "effect"}:
        checker.complain(steps, "this changes nothing: give it a `severity`, a `message` or an `effect`")
    return {
        "when": checker.condition((*steps, "when"), scope),
        "severity": checker.at((*steps, "severity")),
        "message": checker.optional_template((*steps, "message"), told),
        "effect": checker.optional_template((*steps, "effect"), told),
    }


def _related(checker: Checker, label: str, scope: Names) -> RelatedPlace:
    steps: Steps = ("related", label)
    given = checker.at(steps)
    if isinstance(given, str):
        return {"label": label, "at": checker.path(steps, given, scope), "message": None}
    return {
        "label": label,
        "at": checker.path((*steps, "at"), given["at"], scope),
        "message": checker.optional_template((*steps, "message"), scope),
    }


def _fix(checker: Checker, steps: Steps, scope: Names) -> FixPlan:
    given = checker.at(steps)
    removed, inserted = given.get("remove", []), given.get("insert", {})
    edits = given.keys() & {"remove", "set", "insert", "restrict", "copy"}
    if given["safety"] != "advice" and not edits and "command" not in given:
        checker.complain(steps, "this fix does nothing: give it `remove`, `set`, `insert` or `command`")
    if given["safety"] == "advice" and edits:
        said = "advice applies nothing; give no `remove`, `set`, `insert`, `restrict` or `copy`"
        checker.complain((*steps, "safety"), said)
    if given["safety"] == "advice" and not given.get("reason"):
        checker.complain((*steps, "safety"), "advice needs a `reason`: what to do, and why by hand")
    return {
        "title": checker.template((*steps, "title"), scope),
        "safety": given["safety"],
        "when": checker.optional_condition((*steps, "when"), scope),
        "remove": [checker.edited((*steps, "remove", at), path, scope) for at, path in enumerate(removed)],
        "set": [
            (checker.edited(place, place[-1], scope, key=True), checker.expression(place, scope))
            for place in ((*steps, "set", path) for path in given.get("set", {}))
        ],
        "insert": [
            (
                checker.edited((*steps, "insert", path), path, scope, key=True),
                checker.expressions((*steps, "insert", path), scope),
            )
            for path in inserted
        ],
        "restrict": [
            (checker.named(place, place[-1], scope), checker.expression(place, scope))
            for place in ((*steps, "restrict", path) for path in given.get("restrict", {}))
        ],
        "copy": [
            (
                checker.edited(place, place[-1], scope, key=True),
                checker.path(place, given["copy"][path], scope),
            )
            for path in given.get("copy", {})
            for place in [(*steps, "copy", path)]
        ],
        "command": [checker.template(place, scope, command=True) for place in _command_steps(steps, given)],
        "reason": checker.template((*steps, "reason"), scope),
    }


def _command_steps(steps: Steps, given: dict[str, object]) -> list[Steps]:
    commands = given.get("command")
    if isinstance(commands, list):
        return [(*steps, "command", index) for index in range(len(commands))]
    return [] if commands is None else [(*steps, "command")]
