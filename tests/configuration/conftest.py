import pytest

from linter.configuration.read import read_configuration


@pytest.fixture
def configuration(tmp_path):
    """Return a function that reads a text as a configuration."""

    def read(text):
        path = tmp_path / "authlint.yaml"
        path.write_text(text, encoding="utf-8")
        return read_configuration(path)

    return read


@pytest.fixture
def authlint(authlint, monkeypatch, tmp_path_factory):
    """Return the function that runs the command, with one cache for all tests: compiling rules takes long."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache-of-configuration"))
    return authlint
