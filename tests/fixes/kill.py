"""A process that ends at its n-th system call that changes something."""

import os

CALLS = ("open", "write", "fsync", "close", "fchmod", "fchown", "replace", "unlink", "mkdir", "rmdir")


class Stop:
    """Ends the process at its n-th call; in a write, after half of it."""

    def __init__(self, at):
        self.left = at

    def watch_all(self):
        for name in CALLS:
            self._watch(name)

    def count(self, before_the_end=lambda: None):
        self.left -= 1
        if self.left == 0:
            before_the_end()
            os._exit(9)

    def _watch(self, name):
        original = getattr(os, name)

        def call(*arguments, **options):
            def half():
                if name == "write":
                    original(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])

            self.count(half)
            return original(*arguments, **options)

        setattr(os, name, call)


def dies_at(number, action, kind=Stop):
    """Run an action in a child process that ends at its n-th call; tell whether it came that far."""
    child = os.fork()
    if child == 0:
        stop = kind(number)
        stop.watch_all()
        try:
            action()
        finally:
            os._exit(0 if stop.left > 0 else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
