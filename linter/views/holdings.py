"""Who is signed in, without any session: the Codex homes, and what each router has selected and filled."""

from collections.abc import Iterator

from linter.snapshot.tables import Row, Tables


def holdings_text(tables: Tables) -> str:
    """Return a line for each Codex home, each router and each of its slots; a mark where they disagree."""
    return "\n".join([*_lines(tables)]) or "no login is stored"


def _lines(tables: Tables) -> Iterator[str]:
    for cli in tables["codex_cli"]:
        held = _who(cli) if cli["tokens_present"] or cli["api_key_present"] else "nobody"
        yield f"codex  {cli['home']}  {held}"
    entries = {(row["router"], row["key"]): row for row in tables["repo_profiles"]}
    verdicts = {
        (row["router"], row["left_id"], row["right_id"]): row["verdict"]
        for row in tables["comparisons"]
        if row["kind"] == "slot-repo"
    }
    for router in tables["routers"]:
        own = [row for row in tables["repo_profiles"] if row["router"] == router["id"]]
        key = router["selected_key"]
        chosen = entries.get((router["id"], key))
        selected = f"selected {key}" + (f" ({_who(chosen)})" if chosen else "") if key else "nothing selected"
        many = f"{len(own)} login{'' if len(own) == 1 else 's'}"
        yield f"{router['id']}  {many}{'' if router['kind'] in ('pool', 'copies') else f', {selected}'}"
        for slot in (row for row in tables["slots"] if row["router"] == router["id"]):
            other = verdicts.get((router["id"], slot["id"], key)) == "DIFFERENT"
            held = _who(slot) if slot["present"] else "empty"
            yield f"  {'≠ ' if other or not slot['present'] else ''}{slot['id']}  {held}"


def _who(row: Row) -> str:
    if row["type"] == "api_key":
        return "an API key"
    identity = row["identity"]
    return str(identity["email"] or identity["account_id"] or "an account that is not named")
