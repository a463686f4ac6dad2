"""What a page of docs/ shows of commands is what they say."""

import pytest

from fixtures.transcripts import DOCS, PAGES, filled


@pytest.mark.parametrize("name", PAGES)
def test_commands_say_what_the_page_shows(name):
    page = (DOCS / name).read_text(encoding="utf-8")
    assert filled(page) == page, "run python -m fixtures.transcripts, and look at the difference"


def test_each_question_has_one_command_and_an_answer():
    questions = (DOCS / "questions.md").read_text(encoding="utf-8").split("\n### ")[1:]
    assert len(questions) == 5 + 6
    for question in questions:
        assert question.count("\n$ authlint ") == 1
        answer = question.partition("\n$ authlint ")[2].partition("\n")[2]
        assert answer.count("\n") >= 3
