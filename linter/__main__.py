"""The command `authlint`, which is `python -m linter`, too."""

import gc


def main() -> None:
    """Run the command line.

    A command is short and keeps what it makes: collecting garbage would visit every module and row in vain.
    """
    gc.disable()
    from linter.cli.app import main as run  # noqa: PLC0415 - only now, so that it is imported without, too

    run()


if __name__ == "__main__":
    main()
