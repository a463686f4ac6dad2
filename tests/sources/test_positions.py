from hypothesis import given
from hypothesis import strategies as st

from linter.sources import positions
from linter.sources.positions import Lines


def counted(text, offset):
    """Line and column counted one character at a time."""
    line = column = 1
    for index, character in enumerate(text[:offset]):
        if character == "\n":
            line, column = line + 1, 1
        elif index or character != "\ufeff":
            column += 1
    return line, column, offset


@given(st.text(alphabet="ab\r\n\ufeff\U0001f600", max_size=40), st.data())
def test_positions_agree_with_counting(text, data):
    offset = data.draw(st.integers(0, len(text)))
    assert Lines(text).position(offset) == counted(text, offset)


def test_positions_agree_with_counting_across_blocks(monkeypatch):
    monkeypatch.setattr(positions, "_BLOCK", 4)
    text = "\ufeffone\ntwo is long\n\n\nthree\r\nfour"
    index = Lines(text)
    assert [index.position(i) for i in range(len(text) + 1)] == [
        counted(text, i) for i in range(len(text) + 1)
    ]


def test_offsets_outside_the_text_are_clamped():
    assert Lines("ab").position(9) == (1, 3, 2)
    assert Lines("").position(5) == (1, 1, 0)
