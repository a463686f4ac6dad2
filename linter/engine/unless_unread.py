"""`unless_unread`: a rule is silent about results that hang on what was not read."""

from linter.engine.checker import Checker, Names
from linter.engine.errors import near
from linter.engine.rule import Source
from linter.engine.syntax import inlined, names, parse
from linter.engine.vocabulary import Vocabulary

KEY = "unless_unread"
_ROW = "_unread"  # no rule can call a row so


def compile_unless_unread(checker: Checker, vocabulary: Vocabulary, scope: Names) -> list[Source]:
    """Compile it to the rows that tell of something that was not read.

    A mapping says whose, for each kind; in a list, and where an expression gives nothing, it may be anyone's.
    """
    given = checker.at((KEY,)) or ()
    owned = isinstance(given, dict)
    table, what, whose = vocabulary.unread
    kinds = vocabulary.columns()[table][what].values if table else ()
    result: list[Source] = []
    for index, kind in enumerate(given):
        steps = (KEY, kind if owned else index)
        if kind not in kinds:
            known = f"is not one of {', '.join(kinds)}{near(kind, kinds)}" if kinds else "is told by no table"
            checker.complain(steps, f"`{kind}` {known}", key=owned)
            continue
        rows, row = checker.rows(steps, f"{table}[?{what} == '{kind}']", _ROW, scope)
        source: Source = {
            "name": _ROW,
            "rows": rows,
            "tables": list(row.tables),
            "match": [],
            "where": None,
            "optional": False,
        }
        if owned:
            _, owner = checker.joined(steps, row, scope, whose)
            theirs = parse(f"!owner || !({_ROW}.{whose}) || {_ROW}.{whose} == owner")
            tree = inlined(theirs, {"owner": owner["ast"]})
            source["where"] = {**owner, "ast": tree, "names": sorted(names(tree))}
        result.append(source)
    return result
