"""What tests came to: counted, listed, and closed with one plain line."""

from dataclasses import dataclass, field

PASSED, FAILED, SKIPPED, LEFT_OUT = "passed", "failed", "skipped", "left out"
SHOWN_LINES = 40


@dataclass(frozen=True)
class Result:
    """One test, and what it came to."""

    test: str
    outcome: str
    detail: str = ""
    seconds: float = 0


@dataclass
class Report:
    """The results of all stages."""

    results: list[Result] = field(default_factory=list)

    def add(self, stage: str, results: list[Result], seconds: float) -> None:
        """Take a stage's results in, and say at once what it came to."""
        self.results += results
        for result in _of(results, FAILED):
            print(f"\nFAILED {result.test}\n{_shortened(result.detail)}")
        for result in _of(results, SKIPPED):
            print(f"SKIPPED {result.test}: {result.detail}")
        for reason in sorted({result.detail for result in _of(results, LEFT_OUT)}):
            print(f"LEFT OUT: {reason}")
        left_out = len(_of(results, LEFT_OUT))
        rest = f" ({left_out} left out on purpose)" if left_out else ""
        print(f"--> {stage}: {closing_line(results)}{rest} in {seconds:.0f} s", flush=True)

    def slowest(self, number: int = 5) -> list[Result]:
        """The tests that took longest."""
        return sorted(self.results, key=lambda result: -result.seconds)[:number]

    def exit_code(self, skipping_allowed: bool) -> int:
        """Nought when all that should have run did, and passed."""
        ran = len(_of(self.results, PASSED))
        skipped = _of(self.results, SKIPPED)
        return int(bool(_of(self.results, FAILED)) or not ran or bool(skipped and not skipping_allowed))


def closing_line(results: list[Result]) -> str:
    """The line that people and machines read."""
    counts = {outcome: len(_of(results, outcome)) for outcome in (PASSED, FAILED, SKIPPED)}
    return ", ".join(f"{number} {outcome}" for outcome, number in counts.items())


def _of(results: list[Result], outcome: str) -> list[Result]:
    return [result for result in results if result.outcome == outcome]


def _shortened(detail: str) -> str:
    lines = detail.rstrip().splitlines()
    if len(lines) > SHOWN_LINES:
        lines = [*lines[: SHOWN_LINES // 2], "[...]", *lines[-SHOWN_LINES // 2 :]]
    return "\n".join("    " + line for line in lines)
