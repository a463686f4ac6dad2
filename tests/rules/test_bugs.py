"""Every reported bug that a state shows has a rule with an example of that name.

Letters and numbers are those under which the bugs are kept; a bug is several reports of one defect.
"""

import re

import pytest

from linter.configuration.rule_pack import built_in_rules
from linter.engine.pack import yaml_files

BUGS = {
    "A1": "openclaw#149502",
    "A2": "openclaw#83088",
    "A3": "openclaw#65844",
    "A4": "openclaw#135140",
    "A5": "openclaw#97996",
    "A6": "openclaw#79021",
    "A7": "openclaw#32962",
    "A8": "openclaw#49429",
    "A9": "openclaw#119233",
    "A10": "openclaw#133173",
    "B1": "openclaw#21490",
    "B2": "openclaw#117006",
    "B3": "openclaw#62412",
    "B4": "openclaw#45757",
    "B5": "openclaw#109256",
    "B6": "openclaw#29505",
    "B7": "openclaw#62744",
    "B8": "openclaw#148829",
    "B9": "openclaw#149343",
    "B12": "openclaw#60372 openclaw#91552",
    "C1": "openclaw#154510",
    "C2": "openclaw#45516",
    "C4": "openclaw#84386",
    "D1": "openclaw#24787",
    "D2": "openclaw#83627",
    "D3": "openclaw#104704",
    "D4": "openclaw#97522",
    "D5": "openclaw#1422",
    "D6": "stablyai/orca#22284",
    "D7": "openclaw#1258",
    "E1": "openclaw#26322",
    "E2": "openclaw#84463 openclaw#74055 openclaw#55648 openclaw#73701 openclaw#69414 openclaw#59704",
    "E3": "openclaw#109704",
    "F1": "openclaw#12685",
    "F2": "openclaw#88125",
    "F3": "openclaw#26916 openclaw#88565",
    "F4": "openclaw#85145",
    "F5": "openclaw#81888",
    "F6": "openclaw#84252",
    "F7": "openclaw#73057",
    "F8": "openclaw#83732 ID-Robots/clawbox#617",
    "G1": "openclaw#98099",
    "G2": "openclaw#100067",
    "G3": "openclaw#92675",
    "G4": "openclaw#130018",
    "G5": "openclaw#137353",
    "G6": "openclaw#134608",
    "G7": "openclaw#126562 openclaw#143310",
    "G10": "openclaw#151620 openclaw#134403",
    "H1": "openclaw#70903 openclaw#92444 openclaw#120305",
    "I1": "openclaw#15089 openclaw#58498",
    "I2": "cockpit-tools#326",
    "K": "openclaw#18866 openclaw#29784",
    "L": "openclaw#72255 openclaw#41634",
}
LESSONS = {
    "an order that selects nobody on purpose": "openclaw#112203",
    "ids that are inherited": "openclaw#119233",
    "two names of one provider": "openclaw#82521 openclaw#117550",
    "a store behind a link": "openclaw#89048",
    "a weekly limit": "openclaw#114834",
    "field names that are accepted": "openclaw#26916",
}
"""What looks like a bug and is none."""

_NAME = re.compile(r"- name: ([\w./-]+#\d+),")


@pytest.fixture(scope="module")
def named():
    """The reports that the bad and the good examples of all rules bear the names of."""
    halves = [
        path.read_text(encoding="utf-8").partition("\n  good:\n") for path in yaml_files(built_in_rules())
    ]
    bad, _, good = zip(*halves, strict=True)
    return [{name for text in texts for name in _NAME.findall(text)} for texts in (bad, good)]


@pytest.mark.parametrize(("bug", "reports"), BUGS.items())
def test_a_bug_is_shown_by_an_example_that_is_found(named, bug, reports):
    assert set(reports.split()) - named[0] == set(), bug


@pytest.mark.parametrize(("lesson", "reports"), LESSONS.items())
def test_what_only_looks_like_a_bug_is_a_good_example(named, lesson, reports):
    assert set(reports.split()) - named[1] == set(), lesson
