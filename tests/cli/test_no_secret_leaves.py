"""No token of any recorded state appears in any output, in the cache, or in what is said on failure."""

import re
import sqlite3
from contextlib import closing

import pytest

from fixtures import goldens, load
from linter.reports.interface import FORMATS

TOKEN = re.compile(
    r"eyJ[\w-]+\.[\w-]+\.[\w-]*|rt_FAKE_[\w-]+|openclaw-oauth-refresh-fence:v1:[\w:]+|\bsk-[\w-]+"
)


def tokens_below(folder):
    found = set()
    for path in folder.rglob("*"):
        if path.suffix == ".sqlite":
            with closing(sqlite3.connect(path)) as database:
                text = "\n".join(database.iterdump())
        elif path.is_file():
            text = path.read_text(errors="replace")
        else:
            continue
        found.update(TOKEN.findall(text))
    return found


@pytest.mark.parametrize("name", goldens.names())
def test_no_token_in_any_format_or_the_cache(name, authlint, cache_home, tmp_path):
    state = load.materialise(name, tmp_path / "home")
    tokens = tokens_below(tmp_path / "home")
    assert tokens
    out = tmp_path / "out"
    out.mkdir()
    formats = [f"--format={form}={out / form}" for form in FORMATS if form != "text"]
    now = load.describe(name).now
    shown = authlint("lint", state, "--now", now, "--notes", "--debug", "-f", "text", *formats)
    traced = [authlint(command, state, "--now", now, "--debug") for command in ("trace", "layers")]
    texts = [text for result in (shown, *traced) for text in (result.stdout, result.stderr)]
    texts += [path.read_text(errors="replace") for folder in (out, cache_home) for path in files(folder)]
    for token in tokens:
        signature = token.split(".")[-1]
        for part in {token, token[:40], signature} if len(signature) > 15 else {token, token[:40]}:
            assert not any(part in text for text in texts)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]
