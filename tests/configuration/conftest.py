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
