"""The questions that people ask have one command each, and an answer; docs.generate puts in what is said."""

from docs.generate.__main__ import ROOT


def test_each_question_has_one_command_and_an_answer():
    questions = (ROOT / "docs/questions.md").read_text(encoding="utf-8").split("\n### ")[1:]
    assert len(questions) == 5 + 6
    for question in questions:
        assert question.count("\n$ authlint ") == 1
        answer = question.partition("\n$ authlint ")[2].partition("\n")[2]
        assert answer.count("\n") >= 3
