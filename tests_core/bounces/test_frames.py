"""What a server says means the same, whoever reports it."""

import re
import tomllib
from pathlib import Path

import pytest
from bulk_mailing.core.bounces import classify, judge

from tests_core.bounces.test_refusals import REFUSALS

FRAMES = tomllib.loads(Path(__file__).with_name("frames.toml").read_text("utf-8"))
STAGE = re.compile(r" \(in reply to (?:end of )?(RCPT|MAIL|DATA)[^)]*\)$")
WITH_STAGE = [words for words, _reason in REFUSALS if STAGE.search(words) and re.match(r"[45]\d\d ", words)]
# with no words about the cause, those of the report are all there is
SILENT = ("onhold",)


@pytest.mark.parametrize("frame", FRAMES)
def test_same_in_each_report(letter, frame):
    """B6: the verdict on a reply, quoted by each of the usual mail systems."""
    differs = []
    for words in WITH_STAGE[::3]:
        stage = FRAMES[frame][STAGE.search(words)[1]]
        text = FRAMES[frame]["text"].replace("{words}", STAGE.sub("", words)).replace("{stage}", stage)
        report = classify(letter({"subject": "Returned mail", "text": text}))
        verdict = judge("", "", words)
        if verdict[1] not in SILENT and [(one.severity, one.reason) for one in report.recipients] != [verdict]:
            differs.append((words, verdict, report.recipients))
    assert differs == []
