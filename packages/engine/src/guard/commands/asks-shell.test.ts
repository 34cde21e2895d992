import { expect, test } from "vitest";
import { asksShell } from "./asks-shell.ts";

test.each([
  ["sh -c x", true],
  ["/bin/bash -ec x", true],
  ["env bash -c x", true],
  ["env -u A B=1 timeout 5 nice sh -c x", true],
  ["cmd /c x", true],
  ["sh scripts/check.sh", false],
  ["env bash scripts/check.sh -c x", false],
  ["pytest -c setup.cfg", false],
  ["grep -c bash a.txt", false],
  ["", false],
])("%s: %s", (line, asks) => {
  expect(asksShell(line.split(" "))).toBe(asks);
});
