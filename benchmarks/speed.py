"""Measures authlint against the goals that it has set itself, each beside its yardstick in the same run.

python benchmarks/speed.py [--check]       # --check: exit with 1 when a goal is missed
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from measure import REPOSITORY, Least, authlint, openclaw, openclaw_is_installed, run, side_by_side
from packs import write_copies

sys.path.insert(0, str(REPOSITORY))

from fixtures.load import materialise
from linter.configuration.rule_pack import COMPILED, built_in_rules, load_rules
from linter.engine.pack import packed

NOW = "1795305600000"
MORE_RULES = 100
IMPORTS = [sys.executable, "-c", "import typer, json, jmespath"]
GONE = {"authProfileOverride": "openai-codex:gone@example.com", "authProfileOverrideSource": "user"}
JSON_LOAD = "import json, sys; json.load(open(sys.argv[1]))"
PARSED_SIZE = """
import json, os, sys
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
before = resident()
value = json.load(open(sys.argv[1]))
print(resident() - before)
"""


class Measure(NamedTuple):
    """A ratio and what it may be at most."""

    what: str
    ours: str
    theirs: str
    ratio: float
    goal: float


def seconds(one: Least) -> str:
    """Return the processor time for people."""
    return f"{one.seconds * 1000:.0f} ms" if one.seconds < 10 else f"{one.seconds:.1f} s"


def make_state(home: Path, *sessions: int) -> Path:
    """Write a state in another process, since what this one uses counts for the peak of its children."""
    run([sys.executable, str(Path(__file__).parent / "states.py"), str(home), *map(str, sessions)])
    return home / ".openclaw"


def start(scratch: Path) -> Measure:
    """Lint three agents and 200 sessions, beside the imports that no command can do without."""
    state = make_state(scratch / "small", 100, 50, 50)
    lint = authlint("lint", str(state), "--now", NOW)
    done = side_by_side({"authlint": lint, "imports": IMPORTS}, times=21)
    ours, theirs = done["authlint"], done["imports"]
    return Measure(
        "3 agents, 200 sessions, against `import typer, json, jmespath`",
        seconds(ours),
        seconds(theirs),
        ours.seconds / theirs.seconds,
        1.5,
    )


def without_openclaw(scratch: Path) -> Measure:
    """Lint a home that has nothing but a login of the Codex CLI, beside a small state in it."""
    home = scratch / "codex"
    state = materialise("2026.5.7-codex-cli", home)
    aside = state.rename(home / "state")
    commands = {
        "codex": authlint("lint", "--now", NOW),
        "state": authlint("lint", str(aside), "--now", NOW),
    }
    done = side_by_side(commands, times=11, environment={"HOME": str(home)})
    ours, theirs = done["codex"], done["state"]
    return Measure(
        "a home with a Codex login alone, against a small state",
        seconds(ours),
        seconds(theirs),
        ours.seconds / theirs.seconds,
        1.1,
    )


def cold(scratch: Path) -> Measure:
    """Lint a small state as it is installed, the first time in a home, beside the same again."""
    package = scratch / "installed/linter"
    shutil.copytree(REPOSITORY / "linter", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(built_in_rules(), package / "rules")
    (package / "rules" / COMPILED).write_bytes(packed(load_rules([], None), built_in_rules()))
    state, cache = make_state(scratch / "cold", 100, 50, 50), scratch / "own-cache"
    words = ["lint", str(state), "--now", NOW]
    code = f"import sys; sys.path[0] = {str(package.parent)!r}; sys.argv[1:] = {words}"
    lint = f"{code}; from linter.__main__ import main; main()"
    forget = f"import shutil; shutil.rmtree({str(cache)!r}, ignore_errors=True); "
    commands = {
        name: [sys.executable, "-c", before + lint] for name, before in (("cold", forget), ("warm", ""))
    }
    done = side_by_side(commands, times=11, environment={"XDG_CACHE_HOME": str(cache)})
    ours, theirs = done["cold"], done["warm"]
    return Measure(
        "the first lint in a home, against the next",
        seconds(ours),
        seconds(theirs),
        ours.seconds / theirs.seconds,
        1.2,
    )


def more_rules(scratch: Path) -> Measure:
    """Lint the same state with 100 rules more, beside the built-in ones alone: less than 1 ms a rule."""
    state = make_state(scratch / "again", 100, 50, 50)
    plain = authlint("lint", str(state), "--now", NOW)
    more = [*plain, "--rules", str(write_copies(scratch / "rules", MORE_RULES))]
    done = side_by_side({"more": more, "plain": plain}, times=21)
    ours, theirs = done["more"], done["plain"]
    each = (ours.seconds - theirs.seconds) * 1000 / MORE_RULES
    return Measure(
        f"{MORE_RULES} rules more ({each:.2f} ms each), against the built-in ones",
        seconds(ours),
        seconds(theirs),
        ours.seconds / theirs.seconds,
        1.3,
    )


def growth(
    scratch: Path, bad: int, most: float, form: str = "text", memory: float | None = None
) -> list[Measure]:
    """Lint 100,000 sessions in one file, beside `json.load` of it: time, and memory against its value.

    So many of them in a hundred are pinned to a login that is gone.
    """
    state = make_state(scratch / f"large-{bad}-{form}", 100_000, 0, 0)
    file = state / "agents/main/sessions/sessions.json"
    if bad:
        change(file, bad)
    lint = authlint("lint", str(state), "--now", NOW, "-f", f"{form}={os.devnull}")
    load = [sys.executable, "-c", JSON_LOAD, str(file)]
    done = side_by_side({"authlint": lint, "json.load": load}, times=3)
    parsed = int(run([sys.executable, "-c", PARSED_SIZE, str(file)]).output)
    idle = run(IMPORTS).peak
    ours, theirs = done["authlint"], done["json.load"]
    size = f"100,000 sessions, {bad} % of them wrong, {form}"
    found = [
        Measure(
            f"{size}: time, against `json.load`",
            seconds(ours),
            seconds(theirs),
            ours.seconds / theirs.seconds,
            most,
        ),
        Measure(
            f"{size}: memory, against the parsed value",
            f"{(ours.peak - idle) / 1e6:.0f} MB",
            f"{parsed / 1e6:.0f} MB",
            (ours.peak - idle) / parsed,
            memory or 0,
        ),
    ]
    return found if memory else found[:1]


def change(file: Path, bad: int) -> None:
    """Pin so many of a hundred sessions to a login that is gone, in another process, as `make_state` does."""
    code = (
        "import json, sys; path, gone, bad = sys.argv[1:]; value = json.load(open(path))\n"
        "for n, entry in enumerate(value.values()): n % 100 < int(bad) and entry.update(json.loads(gone))\n"
        "json.dump(value, open(path, 'w'), indent=2)"
    )
    run([sys.executable, "-c", code, str(file), json.dumps(GONE), str(bad)])


def beside_doctor(scratch: Path) -> Measure:
    """Lint a clean state of 2026.9.6, beside OpenClaw's own `doctor --lint`, each on a copy of its own."""
    ours_home, theirs_home = scratch / "ours", scratch / "theirs"
    state = materialise("2026.9.6-clean", ours_home)
    materialise("2026.9.6-clean", theirs_home)
    os.environ["CLOCK_START"] = NOW
    done = side_by_side(
        {
            "authlint": authlint("lint", str(state), "--now", NOW),
            "doctor": openclaw("2026.9.6", theirs_home, "doctor", "--lint", "--json"),
        },
        times=5,
    )
    ours, theirs = done["authlint"], done["doctor"]
    return Measure(
        "clean 2026.9.6 state, against `openclaw doctor --lint`",
        seconds(ours),
        seconds(theirs),
        ours.seconds / theirs.seconds,
        1 / 20,
    )


def main() -> int:
    """Print a table of all measures; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        measures = [
            start(scratch),
            without_openclaw(scratch),
            cold(scratch),
            more_rules(scratch),
            *growth(scratch, bad=0, most=3, memory=2),
            *growth(scratch, bad=1, most=4),
            *growth(scratch, bad=100, most=15, form="json", memory=3),
            *growth(scratch, bad=100, most=8),
        ]
        if openclaw_is_installed("2026.9.6"):
            measures.append(beside_doctor(scratch))
    print("| | authlint | yardstick | ratio | goal |\n|---|---|---|---|---|")
    for one in measures:
        print(f"| {one.what} | {one.ours} | {one.theirs} | {one.ratio:.2f} | at most {one.goal:g} |")
    missed = any(one.ratio > one.goal for one in measures)
    return 1 if missed and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
