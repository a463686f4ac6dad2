from pathlib import Path

from linter.sources.documents import Documents
from linter.sources.interface import Cell
from linter.sources.json_document import JsonDocument, parse_json


def add(documents, id_, text, cell=None):
    document = JsonDocument(
        id_, Path("/s/a.json"), "a.json", text, "", "cell" if cell else "json", cell, parse_json(text).problem
    )
    documents.add(document)
    return document


def test_documents_are_kept_in_order_of_reading():
    documents = Documents()
    first, second = add(documents, "b", "1"), add(documents, "a", "2")
    assert list(documents) == [first, second]
    assert documents.get("a") is second
    assert documents.get("c") is None


def test_a_location_is_placed_in_its_document():
    documents = Documents()
    cell = Cell("auth_profile_store", "primary", "store_json")
    add(documents, "a.json#auth_profile_store/primary/store_json", '{"a": 1}', cell)
    place = documents.place(("a.json#auth_profile_store/primary/store_json", "/a", "label"))
    assert (place.shown, place.kind, place.cell, place.pointer) == ("a.json", "cell", cell, "/a")
    assert place.region.start == (1, 7, 6)


def test_a_source_that_was_not_read_has_a_place_at_the_top_of_its_file():
    place = Documents().place(("state/openclaw.sqlite#t/k/c", "/a"))
    assert (place.shown, place.kind, place.region.start.line) == ("state/openclaw.sqlite", "unread", 1)


def test_a_document_found_elsewhere_does_not_take_the_place_of_one_with_its_id():
    documents, elsewhere = Documents(), Documents()
    mine, other = add(documents, "a", "1"), add(elsewhere, "a", "2")
    documents.find_on_demand("room:", lambda source: elsewhere.get(source.removeprefix("room:")))
    assert documents.get("room:a") is other
    assert documents.get("a") is mine


def test_a_longer_prefix_goes_before_one_that_fits_everything():
    documents, elsewhere, room = Documents(), Documents(), Documents()
    add(elsewhere, "room:a", "1")
    inside = add(room, "a", "2")
    documents.find_on_demand("", elsewhere.get)
    documents.house("room:", room)
    assert documents.get("room:a") is inside


def test_a_place_is_looked_for_once_until_another_document_comes():
    documents, asked = Documents(), []

    class Asked(JsonDocument):
        def region(self, pointer):
            asked.append(pointer)
            return super().region(pointer)

    documents.add(Asked("a", Path("/s/a.json"), "a.json", '{"x": 1}', ""))
    assert documents.place(("a", "/x", "one")) is documents.place(("a", "/x", "another"))
    assert documents.place(("b", "/x")).kind == "unread"
    assert asked == ["/x"]
    add(documents, "b", '{"x": 1}')
    assert documents.place(("b", "/x")).kind == "json"
    assert documents.place(("c:b", "/x")).kind == "unread"
    documents.house("c:", documents)
    assert documents.place(("c:b", "/x")).kind == "json"


def test_the_first_line_break_is_looked_for_once():
    document = JsonDocument("a", Path("/s/a.json"), "a.json", '{"x": 1}', "")
    assert document.first_break == -1
    document.text = "{\n}"
    assert document.first_break == -1
    assert JsonDocument("a", Path("/s/a.json"), "a.json", "\n{\n}", "").first_break == 2
