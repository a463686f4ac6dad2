"""What a credential only refers to: is it there, and is it this profile's? Nothing is decrypted."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from linter.openclaw.config import Config
from linter.openclaw.location import expand
from linter.openclaw.plain import members, text
from linter.openclaw.reading import Reading, StateFile, facts_of

_SIDECAR_ID = r"[a-f0-9]{32}"


class Reference(NamedTuple):
    """`state` as in the column `ref_state`; `detail` names what is missing."""

    state: str | None
    detail: str | None = None


_NOT_CHECKED = Reference("not-checked")


class References:
    """Looks up SecretRefs and the sidecars of `oauthRef`; a sidecar is read once."""

    def __init__(self, reading: Reading, config: Config, era: str) -> None:
        self.now = reading.now
        self._reading = reading
        self._config = config
        self._reads_sidecars = era == "J"
        self._sidecars: dict[Path, StateFile | None] = {}

    def check(self, profile_id: str, credential: dict[str, Any]) -> Reference:
        """Check the reference of a credential; the state is None where it has none."""
        oauth = credential.get("oauthRef")
        if oauth:
            inline = any(credential.get(name) for name in ("access", "refresh"))
            return _NOT_CHECKED if inline else self._sidecar(members(oauth), profile_id, credential)
        for name in ("keyRef", "tokenRef", "key", "token"):
            reference = credential.get(name)
            if isinstance(reference, dict) and reference:
                return self._secret(reference)
        return Reference(None)

    def sidecar(self, path: Path) -> StateFile | None:
        """Return a sidecar, which is entered into the snapshot when it is first asked for."""
        if path not in self._sidecars:
            self._sidecars[path] = self._reading.open_json(path, "sidecar")
        return self._sidecars[path]

    def _sidecar(self, ref: dict[str, Any], profile_id: str, credential: dict[str, Any]) -> Reference:
        id_ = ref.get("id")
        if not isinstance(id_, str) or not re.fullmatch(_SIDECAR_ID, id_):
            return Reference("missing", "`oauthRef` without a usable id")
        path = self._reading.location.oauth_dir / "auth-profiles" / f"{id_}.json"
        file = self.sidecar(path)
        if file is None:
            return Reference("missing", self._reading.shown(path))
        content = members(file.value)
        if content.get("profileId") != profile_id or content.get("provider") != credential.get("provider"):
            return Reference("missing", f"{file.source} belongs to another profile")
        if not self._reads_sidecars:
            return Reference("unresolved", file.source)
        key_files = self._reading.location.key_files
        if "encrypted" in content and not any(facts_of(key).state == "ok" for key in key_files):
            return Reference("missing", self._reading.shown(key_files[0]))
        return Reference("ok")

    def _secret(self, ref: dict[str, Any]) -> Reference:
        """Check that the file of a SecretRef's provider is there; other sources cannot be told from here."""
        provider = ref.get("provider")
        if ref.get("source") != "file" or not isinstance(provider, str):
            return _NOT_CHECKED
        path = text(self._config.get("secrets", "providers", provider, "path"))
        if path is None or "$" in path:
            return _NOT_CHECKED
        location = self._reading.location
        found = expand(path, location.home, location.state_dir)
        if facts_of(found).state == "absent":
            return Reference("missing", self._reading.shown(found))
        return Reference("ok")
