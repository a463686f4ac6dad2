from pathlib import Path

from linter.sources.reading import load_text
from linter.sources.text_document import TextDocument, parse_text


def document(text):
    return TextDocument("id", Path("/s/id"), "id", text, "")


def cut(doc, region):
    return doc.text[region.start.offset : region.end.offset]


def test_the_empty_pointer_is_all_text_without_the_space_around():
    doc = document("\ufeff\n openai:bob \r\n")
    assert cut(doc, doc.region("")) == "openai:bob"
    assert doc.region("").start == (2, 2, 3)


def test_lines_are_addressed_from_zero():
    doc = document("one\r\n\n three")
    assert [cut(doc, doc.region(f"/{i}")) for i in range(3)] == ["one", "", "three"]
    assert [doc.text[slice(*member.value)] for member in doc.members("")] == ["one", "", "three"]
    assert cut(doc, doc.region("/7")) == cut(doc, doc.region("/x")) == doc.text
    assert doc.region("/2").start == (3, 2, 7)


def test_text_is_read_without_its_byte_order_mark():
    assert parse_text("\ufeffbob\n") == ("bob\n", None, False)
    assert parse_text(" \n").empty


def test_text_that_is_not_utf8_is_an_error(tmp_path):
    (tmp_path / "id").write_bytes(b"ab\xff")
    loaded = load_text(tmp_path / "id", "id", "id")
    assert loaded.error[:3] == ("not valid UTF-8", 1, 3)
    assert loaded.document.region("").start.column == 3
    assert not loaded.document.members("")


def test_text_is_loaded_with_its_document(tmp_path):
    (tmp_path / "id").write_text("bob")
    loaded = load_text(tmp_path / "id", "id", "id")
    assert (loaded.value, loaded.document.kind, loaded.document.cell) == ("bob", "text", None)
