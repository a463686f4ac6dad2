"""All rules of a set of folders, compiled once and then read from a cache."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from linter.engine.errors import RuleFileError, RuleFileProblem
from linter.engine.rule import CauseKind, Rule
from linter.engine.vocabulary import Vocabulary
from linter.version import __version__

ENGINE_VERSION = f"{__version__}/13"
"""Of everything that is kept: raised when compiled rules change their form, or are checked for more."""

PARAMS = "params.yaml"
"""The file in the folder of a pack with the params that its rules share."""

CAUSES = "causes.yaml"
"""The file in the folder of a pack with the kinds of causes that its rules name."""

CONFIGURATION = "authlint.yaml"
"""A user's configuration may lie among the rules that it extends; it is none of them."""


SHARED = (PARAMS, CAUSES)
"""Files in the folder of a pack that are no rules."""


class Pack(NamedTuple):
    """Rules, those first that others yield to; what they share; the tables that they are about."""

    rules: tuple[Rule, ...]
    params: Mapping[str, Any]
    vocabulary: Vocabulary
    causes: Mapping[str, CauseKind] = MappingProxyType({})


def packed(pack: Pack, folder: Path) -> bytes:
    """Return the rules of a folder as lines of ASCII JSON, which `unpacked` reads.

    The first holds the rules, with paths below the folder, but for `search` and `finding`: a line each.
    """
    rules = [rule._replace(path=Path(rule.path).relative_to(folder).as_posix()) for rule in pack.rules]
    causes = {name: tuple(kind) for name, kind in pack.causes.items()}
    head = json.dumps([dict(pack.params), causes, [rule[:-2] for rule in rules]], separators=(",", ":"))
    return "\n".join([head, *(text for rule in rules for text in rule[-2:])]).encode("ascii")


def unpacked(content: bytes, folder: Path, vocabulary: Vocabulary) -> Pack:
    """Return the rules of a folder from what `packed` made of them, in the same version."""
    head, *texts = content.decode("ascii").split("\n")
    params, causes, rules = json.loads(head)
    kinds = {name: CauseKind._make(kind) for name, kind in causes.items()}
    made = [Rule._make([*rule, *texts[2 * at : 2 * at + 2]]) for at, rule in enumerate(rules)]
    below = f"{folder}{os.sep}"
    return Pack(tuple([rule._replace(path=below + rule.path) for rule in made]), params, vocabulary, kinds)


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files of a pack; os.walk takes half the time of Path.rglob.

    Raises RuleFileError for a link out of the folder: what is quoted of a rule must be of a rule.
    """
    found = sorted(
        Path(parent, name)
        for parent, _, names in os.walk(folder)
        for name in names
        if name.endswith((".yaml", ".yml")) and name != CONFIGURATION
    )
    for path in found:
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
            why = "is a link that leads out of the folder of rules; copy the rule there"
            raise RuleFileError([RuleFileProblem(path, 1, 1, why)])
    return found
