"""Who followed a command, as text for a terminal: the comparison, then chat by chat."""

from collections.abc import Iterator

from linter.printable import printable
from linter.reports.wrapping import BOLD, RED, Painter, listed, wrapped
from linter.views.diff.text import diff_text
from linter.views.followed import Around, Followed

_NOBODY = "No chat is led to another account by what the command changed."
_PIN = (
    "A pin outlasts a switch of slot, order or preference: tell the helper which chat to switch, or send"
    " /model in that chat."
)


def followed_text(around: Around) -> str:
    """Return what has changed, and for each chat which layers followed and which did not."""
    options = around.diff.appeared.options
    paint, width = Painter(colour=options.colour), options.width
    lines = [paint("Who followed", BOLD)]
    for chat in around.chats:
        lines += _chat(chat, width, paint)
    if not around.chats:
        lines += wrapped(_NOBODY, width, "  ")
    if any(one.layer == "pin" for chat in around.chats for one in chat.stayed):
        lines += wrapped(_PIN, width, "  ")
    return "\n".join([diff_text(around.diff), "", *lines])


def _chat(chat: Followed, width: int, paint: Painter) -> Iterator[str]:
    yield from wrapped(printable(f"{chat.key}: to {chat.account}"), width, "  ", "    ")
    yield from wrapped(f"followed  {listed(chat.followed)}", width, "    ", " " * 14)
    for one in chat.stayed:
        whose = f" ({one.account})" if one.account else ""
        said = wrapped(printable(f"stayed    {one.layer}: {one.profile}{whose}"), width, "    ", " " * 14)
        yield from (paint(line, RED) for line in said)
