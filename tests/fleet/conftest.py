import pytest

from fixtures.fleet import template, write_fleet

collect_ignore_glob = []
try:
    import dask  # noqa: F401
except ModuleNotFoundError:  # authlint[fleet] is not installed
    collect_ignore_glob.append("test_*.py")


@pytest.fixture(scope="session")
def text():
    """The snapshot after which all machines are made."""
    return template()


@pytest.fixture
def write(tmp_path, text):
    """Return a function that writes so many machines, some in pairs that share a token."""

    def run(machines, shared=0, name="hosts"):
        return write_fleet(tmp_path / name, machines, shared, text)

    return run


@pytest.fixture
def fleet(authlint):
    """Return a function that runs the command, with the work done in this process."""
    return lambda *words: authlint("fleet", "--workers", 1, *words)
