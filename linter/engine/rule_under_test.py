"""One rule evaluated over the tables of an example; one that is off as if it were set to `warning`."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from linter.engine.evaluate import evaluate
from linter.engine.finding import Evaluation
from linter.engine.pack import Pack
from linter.engine.rule import Rule
from linter.engine.settings import Settings
from linter.engine.vocabulary import Vocabulary

SOURCE = "given"
"""The source of rows of an example that do not say where they lie."""

Tables = dict[str, Any]
Derive = Callable[[Tables], None]
"""Fills in place the derived tables that an example leaves out."""


class RuleUnderTest:
    """Evaluates one rule over example tables."""

    def __init__(
        self, rule: Rule, vocabulary: Vocabulary, params: Mapping[str, Any], derive: Derive | None
    ) -> None:
        self._pack = Pack((rule,), params, vocabulary)
        self._settings = Settings(severities={rule.id: "warning"} if rule.severity == "off" else {})
        self._derive = derive

    def evaluate(self, given: Tables) -> Evaluation:
        """Evaluate the rule over a copy of the tables."""
        root = deepcopy(given)
        for table, rows in root.items():
            if isinstance(rows, list):
                for index, row in enumerate(rows):
                    row.setdefault("at", {"source": SOURCE, "pointer": f"/{table}/{index}"})
        if self._derive:
            self._derive(root)
        return evaluate(self._pack, root, self._settings)
