import { expect, test } from "vitest";
import { checkPlatform } from "./check-platform.ts";
import type { Platform } from "./platform.ts";

const operation = { command: () => ({ args: [] }), read: () => ({ ok: true, value: null }) };
const STACK = Object.fromEntries(["track", "state", "submit", "sync", "log", "info"].map((name) => [name, operation]));
const WHOLE = {
  tool: { bin: "x", version: "1", versionIn: () => undefined },
  signIn: { variables: [] },
  variables: [],
  stack: STACK,
};

test.each([
  [{}, undefined],
  [{ tool: { bin: "x" } }, "a `tool` with `bin`, `version` and `versionIn`"],
  [{ signIn: {} }, "a `signIn` with `variables`"],
  [{ variables: undefined }, "`variables`"],
  [{ stack: undefined }, "`pulls` or `stack`"],
  [{ stack: { ...STACK, sync: {} } }, "`stack.sync` with `command` and `read`"],
  [{ pulls: STACK }, "`pulls.signedIn` with `command` and `read`"],
])("of a platform with %j it says what it lacks: %s", (change, lack) => {
  expect(checkPlatform({ ...WHOLE, ...change } as unknown as Platform)).toBe(lack);
});
