"""`python -m linter` is `authlint`."""

from linter.cli.app import main

main()
