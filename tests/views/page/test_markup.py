from hypothesis import given
from hypothesis import strategies as st

from linter.printable import printable
from linter.views.page.markup import Html, prose, tag_with
from tests.views.page.conftest import Parsed

HOSTILE = st.text() | st.text(alphabet="<>&\"'`=/ scriptonload:-![]\x1b\u202e\x00")
tag = tag_with(str)


@given(HOSTILE, HOSTILE)
def test_any_text_stays_a_text_inside_and_in_an_attribute(inside, value):
    parsed = Parsed(tag("p", inside, tag("b", inside), data_is=value))
    assert parsed.elements == [("p", {"data-is": printable(value)}), ("b", {})]
    assert parsed.texts("b") == [printable(inside)]
    assert parsed.texts("p") == [printable(inside) * 2]


@given(HOSTILE)
def test_code_in_a_text_is_all_that_a_text_can_ask_for(text):
    names = [name for name, _ in Parsed(tag("p", prose(tag, text))).elements]
    assert set(names) <= {"p", "code"}


def test_markup_is_not_escaped_again_and_nothing_is_left_out():
    assert tag("ul", [tag("li", one) for one in "ab"], None, "c") == "<ul><li>a</li><li>b</li>c</ul>"
    assert isinstance(tag("p"), Html)


def test_attributes_are_named_as_html_names_them():
    assert tag("a", aria_label="x", class_="y", open=True, href=None, id=False) == (
        '<a aria-label="x" class="y" open></a>'
    )


def test_tokens_are_masked_and_names_replaced():
    rename = tag_with(lambda text: text.replace("alice", "user-1"))
    token = "rt_FAKE_0123456789"
    assert rename("p", "alice ", tag("b", token), title="of alice") == (
        '<p title="of user-1">user-1 <b>[secret]</b></p>'
    )
