"""Puts the built-in rules into the wheel compiled, so that nothing is compiled on a user's machine."""

import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface[Any]):
    """Compiles rules/ with the engine of this very tree; an editable tree compiles for itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled pack, and have it included beside the rules."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from linter.configuration.rule_pack import COMPILED, built_in_rules, load_rules  # noqa: PLC0415
        from linter.engine.pack import packed  # noqa: PLC0415 - only importable with the root on the path

        made = Path(mkdtemp()) / COMPILED
        made.write_bytes(packed(load_rules([], None), built_in_rules()))
        build_data["force_include"][str(made)] = f"linter/rules/{COMPILED}"
