import { expect, test } from "vitest";
import { plainOutcome } from "./plain-outcome.ts";

test.each([
  [{ stdout: "done\n", stderr: "" }, 0, "ok", "ok"],
  [
    { stdout: "a\n\u001b[31merror: it broke\u001b[39m\r\n---\n\n", stderr: "" },
    1,
    "failed",
    "exit code 1: error: it broke",
  ],
  [{ stdout: "said here", stderr: "and there\n}\n" }, 2, "failed", "exit code 2: and there"],
  [{ stdout: "", stderr: "" }, 3, "failed", "exit code 3"],
  [{ stdout: "", stderr: "x".repeat(200) }, 1, "failed", `exit code 1: ${"x".repeat(79)}…`],
] as const)("%j with exit code %d is %s: %s", (streams, exitCode, status, summary) => {
  expect(plainOutcome({ exitCode, files: {}, ...streams }, "sh")).toEqual({
    status,
    summary,
    evidence: { tool: "sh" },
  });
});
