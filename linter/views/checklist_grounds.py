"""What each item of the validation checklist can be judged from, in one state."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from linter.reports.wording import amount
from linter.snapshot.tables import Row, Tables

_HELPER_FILES = {"preference", "repo", "router-config", "router-state", "router-snapshot", "codex-auth"}
_CREDENTIAL_FILES = {"store", "agent-db", "state-db"}
FILES = {
    1: _HELPER_FILES,
    2: {*_CREDENTIAL_FILES, "auth-state", "config"},
    3: {*_CREDENTIAL_FILES, "sessions"},
    4: {*_CREDENTIAL_FILES, "auth-state", "config", "sessions"},
    7: {*_CREDENTIAL_FILES, *_HELPER_FILES},
}
"""Roles of the files that an item is judged from."""

_EXPECTED = (1, 2, 3, 4)
"""Items about which authlint.yaml may say what is expected."""

_MOST_NAMED = 3


class Grounds(NamedTuple):
    """What there is to judge an item from; where that is not enough, `how` are commands that give more."""

    text: str
    enough: bool = True
    how: tuple[str, ...] = ()


def grounds(item: int, tables: Tables) -> Grounds:
    """Return what there is to judge an item of the checklist from."""
    unread = [row["path"] for row in tables["files"] if row["role"] in FILES.get(item, ()) and _is_lost(row)]
    if unread:
        return Grounds(f"{_listed(unread)} cannot be read", enough=False)
    expected = [row for row in tables["expected_logins"] if row["live"]] if item in _EXPECTED else []
    found = _GROUNDS[item](tables)
    if not expected:
        return found
    met = sum(row["next"] == "met" for row in expected)
    text = f"{found.text}; as expected in {met} of {amount(len(expected), 'case')}"
    return found._replace(
        text=text, enough=found.enough and all(row["next"] != "unknown" for row in expected)
    )


def _is_lost(file: Row) -> bool:
    return bool(file["exists"]) and (file["parse"] in ("error", "unstable") or not file["schema_known"])


def _preference(tables: Tables) -> Grounds:
    if not tables["preference"] and not tables["routers"]:
        return Grounds("no stored preference and no router is used here")
    chosen = [f"{row['tool']}: {row['value'] or 'nothing'}" for row in tables["preference"]]
    chosen += [f"{row['id']}: {row['selected_key'] or 'nothing'}" for row in tables["routers"]]
    return Grounds(f"selected: {_listed(dict.fromkeys(chosen))}")


def _order(tables: Tables) -> Grounds:
    rows = [row for row in tables["order_summaries"] if row["in_use"]] or tables["order_summaries"]
    if not rows:
        return Grounds("there is no profile, and no order")
    heads = [f"{row['head'] or 'nobody'} (agent {row['agent']}, {row['provider']})" for row in rows]
    return Grounds(f"tried first: {_listed(heads)}")


def _pins(tables: Tables) -> Grounds:
    if not tables["sessions"]:
        return Grounds("no session is stored")
    live = [row for row in tables["sessions"] if row["live"]]
    pinned = sum(row["pin"] is not None for row in live)
    return Grounds(f"{amount(len(live), 'live session')}, {pinned} pinned")


def _next(tables: Tables) -> Grounds:
    live = {(row["agent"], row["key"]) for row in tables["sessions"] if row["live"]}
    turns = [row for row in tables["selections"] if (row["agent"], row["key"]) in live]
    if not turns:
        return Grounds("no session is live")
    unknown = [row["key"] for row in turns if row["outcome"] == "unknown"]
    if unknown:
        return Grounds(
            f"the next turn of {_listed(unknown)} cannot be told from the stored state",
            enough=False,
            how=("authlint trace",),
        )
    used = Counter(row["profile"] or "nobody" for row in turns).most_common()
    profiles = [f"{profile} ({amount(count, 'live session')})" for profile, count in used]
    answered = [row["profile"] for row in tables["answers"] if row["latest"] and row["profile"]]
    last = f"; {_listed(dict.fromkeys(answered))} answered last" if answered else ""
    return Grounds(f"the next turn uses {_listed(profiles)}{last}")


def _display(tables: Tables) -> Grounds:
    if not tables["display_evidence"]:
        return Grounds(
            "nothing tells what a status view showed",
            enough=False,
            how=("openclaw models status --json > status.json", "authlint checklist --evidence status.json"),
        )
    return Grounds(f"{amount(len(tables['display_evidence']), 'captured label')} compared")


def _usage(tables: Tables) -> Grounds:
    if not tables["usage_evidence"]:
        return Grounds(
            "nothing tells with which login usage was fetched; docs/evidence.md says how to capture it",
            enough=False,
            how=("authlint checklist --evidence usage.json",),
        )
    return Grounds(f"{amount(len(tables['usage_evidence']), 'captured usage figure')} compared")


def _helpers(tables: Tables) -> Grounds:
    if not any(tables[name] for name in ("routers", "repo_profiles", "slots", "preference")):
        return Grounds("no helper is used here")
    found = [
        amount(len(tables[name]), word)
        for name, word in (("routers", "router"), ("repo_profiles", "account"), ("slots", "slot"))
        if tables[name]
    ]
    return Grounds(f"{', '.join(found) or 'a stored preference'} compared")


_GROUNDS: dict[int, Callable[[Tables], Grounds]] = {
    1: _preference,
    2: _order,
    3: _pins,
    4: _next,
    5: _display,
    6: _usage,
    7: _helpers,
}


def _listed(names: Iterable[str]) -> str:
    named = list(names)
    rest = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
