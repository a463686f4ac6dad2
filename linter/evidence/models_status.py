"""The output of `openclaw models status --json`: the profiles it lists, with their labels.

It says neither when it was made nor which session it is about; the file's own time stands for the former.
"""

from linter.evidence.rows import display_row
from linter.openclaw.plain import members
from linter.openclaw.reading import StateFile
from linter.routers.values import elements, shown_text
from linter.snapshot.tables import Row, Tables
from linter.sources.paths import join

SURFACE = "openclaw models status"


def add_models_status(tables: Tables, file: StateFile, value: Row) -> None:
    """Append a row of `display_evidence` for each profile that is listed."""
    profiles = elements(members(value["auth"].get("oauth")).get("profiles"))
    for index, raw in enumerate(profiles):
        profile = shown_text(members(raw).get("profileId"))
        if profile is not None:
            tables["display_evidence"].append(
                display_row(
                    {
                        "source": file.source,
                        "pointer": join("", "auth", "oauth", "profiles", index),
                        "fields": {
                            column: {"source": file.source, "pointer": f"/auth/oauth/profiles/{index}/{name}"}
                            for column, name in (("profile_id", "profileId"), ("email", "label"))
                        },
                    },
                    f"{SURFACE}: {profile}",
                    profile_id=profile,
                    email=_email(raw.get("label")),
                    shown_at=file.row["mtime"],
                )
            )


def _email(label: object) -> str | None:
    """Return the address in a label such as `openai:work (ann@example.com)`."""
    text = shown_text(label) or ""
    inside = text.removesuffix(")").rpartition("(")[2] if text.endswith(")") else ""
    return inside if "@" in inside else None
