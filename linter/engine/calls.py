"""What the functions of the rule language take and return, checked before a rule runs."""

from collections.abc import Sequence

from linter.engine.columns import EVERY, UNKNOWN, Column
from linter.engine.comparable import Known, impossible, in_words
from linter.engine.functions import QUICK, TYPE_NAMES, ExpressionError

_RETURNS = {
    "string": "lower upper trim prefix suffix capture time duration quote plural join to_string type",
    "boolean": "contains ends_with starts_with matches set_equal is_number",
    "number": "length add subtract multiply divide abs ceil floor sum avg date version",
    "array": "keys keys_of values split",
}
_OF_TEXTS = "keys keys_of split"
_TEXT = Column(frozenset({"string", "null"}))
_RESULTS = {
    name: Column(
        frozenset({kind, "null"}), lower=name == "lower", item=_TEXT if name in _OF_TEXTS.split() else None
    )
    for kind, names in _RETURNS.items()
    for name in names.split()
}
_TESTS = ("contains", "ends_with", "starts_with", "matches")


def result_of(name: str) -> Column:
    """Return what is known of the value of a call; null comes of null, or of nothing to tell."""
    return _RESULTS.get(name, UNKNOWN)


def misfit(name: str, arguments: Sequence[Known]) -> str | None:
    """Return why a call with these arguments fails, or is never true."""
    function = QUICK.get(name)
    if function is None:
        return None
    for argument, classes in zip(arguments, function.types, strict=False):
        wanted = EVERY if classes is None else frozenset(TYPE_NAMES[kind] for kind in classes)
        given = argument.column.types - {"null"}
        if given and not given & wanted:
            return f"{name}() takes {in_words(wanted)}; {argument.text} is {in_words(given)}"
    if name == "date" and (wrong := _no_date(arguments[0])):
        return wrong
    if name not in _TESTS or len(arguments) != 2:
        return None
    subject, search = arguments
    if name == "contains" and subject.column.item is not None:
        return _never_in(subject, search)
    if len(search.column.values) == 1 and subject.column.values:
        return _never_so(name, subject, search)
    return None


def _no_date(argument: Known) -> str | None:
    try:
        QUICK["date"](argument.column.values[0] if argument.constant else None)
    except ExpressionError as error:
        return f"{error}, not {argument.text}"
    return None


def _never_in(subject: Known, search: Known) -> str | None:
    """Return which element of a list a value never equals, or why a list never holds a value."""
    item = subject.column.item
    assert item is not None
    for value in item.values if subject.constant else ():
        if why := impossible(search, value):
            return why
    if search.constant and not subject.constant:
        return impossible(Known(f"an element of {subject.text}", item), search.column.values[0])
    if item.of and search.column.of and item.of != search.column.of:
        return f"{subject.text} holds names of another kind than {search.text}"
    return None


def _never_so(name: str, subject: Known, search: Known) -> str | None:
    wanted = search.column.values[0]
    texts = [value for value in subject.column.values if isinstance(value, str)]
    try:
        if not texts or any(QUICK[name](value, wanted) for value in texts):
            return None
    except ExpressionError:
        return None
    return f"{name}() is never true here: {subject.text} is one of {', '.join(texts)}"
