"""One rule evaluated over the tables of an example; one that is off as if it were set to `warning`."""

from collections.abc import Mapping, Sequence
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


class RuleUnderTest:
    """Evaluates one rule over example tables."""

    def __init__(
        self, rule: Rule, vocabulary: Vocabulary, params: Mapping[str, Any], heeded: Sequence[Rule] = ()
    ) -> None:
        """`heeded` are rules to which it may yield: they say nothing themselves."""
        self._pack = Pack((*heeded, rule), params, vocabulary)
        severities = {rule.id: "warning"} if rule.severity == "off" else {}
        self._settings = Settings(select=[rule.id], severities=severities)

    def evaluate(self, given: Tables) -> Evaluation:
        """Evaluate the rule over a copy of the tables."""
        root = deepcopy(given)
        for table, rows in root.items():
            if isinstance(rows, list):
                for index, row in enumerate(rows):
                    row.setdefault("at", {"source": SOURCE, "pointer": f"/{table}/{index}"})
        return evaluate(self._pack, root, self._settings)
