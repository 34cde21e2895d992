import { developed, file, found, reviewed } from "../../test/support/agents/issue-repository.ts";
import { shell } from "../../test/support/agents/repository.ts";

const CLOCK = "src/itsdangerous/clock.py";
const CLOCK_TEST = "tests/test_itsdangerous/test_clock.py";
const NOW = "from __future__ import annotations\n\nimport time\n\n\ndef now() -> int:\n    return int(time.time())";
const NOW_TEST = "from itsdangerous.clock import now\n\n\ndef test_now() -> None:\n    assert isinstance(now(), int)";
const AGE = "\\n\\ndef age(timestamp: int) -> int:\\n    return max(0, now() - timestamp)\\n";
const AGE_TEST =
  "from itsdangerous.clock import age, now\n\n\ndef test_age() -> None:\n    assert age(now() + 60) == 0";
const ENCODING = "src/itsdangerous/encoding.py";

/** What the model of the developer does for each issue, an answer after the other; in the end it says that it is done. */
const WORK = {
  "T1-01": [file(CLOCK, NOW), file(CLOCK_TEST, NOW_TEST)],
  "T1-02": [shell("claude", `printf '${AGE}' >> ${CLOCK}`)],
  // It breaks what the issue is not about: the project's tests say so.
  "T1-03": [shell("claude", `sed -i 's/isinstance(s, str)/isinstance(s, bytes)/' ${ENCODING}`)],
  // It writes where it may not.
  "T1-04": [shell("claude", "echo A line. > CONTRIBUTING.md")],
};

/** What it does when it is asked to mend it. */
const MENDED = {
  "T1-02": [file("tests/test_itsdangerous/test_age.py", AGE_TEST)],
  "T1-03": [
    shell(
      "claude",
      `sed -i 's/isinstance(s, bytes)/isinstance(s, str)/; s/^def want_bytes/# Text becomes bytes.\\n&/' ${ENCODING}`,
    ),
  ],
};

/** @type {import("../../test/support/agents/issue-repository.ts").IssueScript} */
export function develop(issue, { turn, fixes }) {
  const turns =
    /** @type {Readonly<Record<string, readonly import("../../test/support/agents/stub-server.ts").Turn[]>>} */ (
      fixes === 0 ? WORK : MENDED
    )[issue];
  return turns?.[turn] ?? developed();
}

/** @returns {import("../../test/support/agents/issue-repository.ts").IssueScript} */
export function reviewer() {
  let reviews = 0;
  return (issue) => {
    if (issue !== "T1-02")
      return reviewed("pass", issue === "T1-01" ? [{ ...found("low", "a docstring"), evidence: [`${CLOCK}:6`] }] : []);
    reviews += 1;
    const missing = { ...found("high", "age() is not tested"), evidence: [`${CLOCK}:11`] };
    return reviews === 1 ? reviewed("changes_required", [missing]) : reviewed("pass");
  };
}
