"""How a command ends when it cannot do its work: one clear line on stderr, and a telling exit code."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

from linter.engine.choice import ChoiceError
from linter.engine.errors import RuleFileError, near
from linter.files import UnusableFileError
from linter.openclaw.location import NothingToLint
from linter.printable import printable, printable_in_place
from linter.snapshot.redact import scrub

_ABSENT = "(?:Path|File|Directory) '(.*)' does not exist"
USAGE_ERROR, NOTHING_TO_LINT = 2, 3


@contextmanager
def failures(*, debug: bool) -> Iterator[None]:
    """Turn the errors of the library into messages and exit codes.

    A defect of authlint itself shows no values, since an exception may carry what a file holds; with
    `--debug` it shows the places in the code, still without values.
    """
    try:
        yield
    except NothingToLint as error:
        fail(str(error), NOTHING_TO_LINT)
    except RuleFileError as error:
        head = [f"{len(error.problems)} mistakes"] if len(error.problems) > 1 else []
        first, *rest = [*head, *str(error).split("\n")]
        fail(first, USAGE_ERROR, *rest)
    except UnusableFileError as error:
        fail(str(error), USAGE_ERROR)
    except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):
        raise
    except ChoiceError as error:
        raise typer.BadParameter(str(error), param_hint=f"--{error.choice}") from None
    except OSError as error:
        fail(f"{error.filename or 'a file'}: {error.strerror or type(error).__name__}", USAGE_ERROR)
    except Exception as error:  # noqa: BLE001 - the last resort: never a traceback with values
        frames = _frames(error) if debug else ["run again with --debug for the place in the code"]
        fail(f"internal error: {type(error).__name__}", USAGE_ERROR, *(f"  {one}" for one in frames))


def tell_wrong_use(error: Any) -> int:
    """Tell what is wrong with the words of a command line, and return the exit code; `error` is click's."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return USAGE_ERROR
    said, parameter = error.message or error.format_message(), getattr(error, "param", None)
    if getattr(error, "possibilities", None) is not None or type(error).__name__ == "NoSuchOption":
        said = f"there is no option {error.option_name}{near(error.option_name, error.possibilities or ())}"
    elif isinstance(error, typer.BadParameter):
        error.message = re.sub(_ABSENT, r"there is no \1", error.message or "")
        hint = error.param_hint or (parameter and parameter.get_error_hint(error.ctx)) or ""
        named = (hint if isinstance(hint, str) else " / ".join(hint)).replace("'", "")
        said = f"{named}: {error.message}" if error.message else f"{named} is missing"
    path = " ".join(["authlint", *error.ctx.command_path.split()[1:]]) if getattr(error, "ctx", None) else ""
    more = f"; see `{path} --help`" if path else ""
    print(f"authlint: {printable(scrub(said.rstrip('.')))}{more}", file=sys.stderr)  # noqa: T201 - diagnostics
    return USAGE_ERROR


def fail(message: str, code: int, *more: str) -> NoReturn:
    """Print a message on stderr, with more lines below it, and leave."""
    lines = [printable(scrub(message)), *(printable_in_place(scrub(line)) for line in more)]
    print("authlint: " + "\n".join(lines), file=sys.stderr)  # noqa: T201 - diagnostics go to stderr
    raise typer.Exit(code)


def _frames(error: BaseException) -> list[str]:
    frames, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return frames
