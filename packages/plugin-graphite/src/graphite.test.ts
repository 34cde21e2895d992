import { expect, test } from "vitest";
import type { PlatformEnd } from "@symbiotic-build/engine";
import { aliasProblem } from "./aliases.ts";
import { failureOf } from "./failure.ts";
import { graphitePlatform } from "./graphite.ts";

const { stack, tool } = graphitePlatform;
const HERE = { options: {} };

function ended(stdout: string, more: Partial<PlatformEnd> = {}): PlatformEnd {
  return { exitCode: 0, stdout, stderr: "", ...more };
}

test("each operation is one command, in full words, that asks nobody", () => {
  const commands = [
    stack?.state.command(HERE, null),
    stack?.log.command(HERE, null),
    stack?.sync.command(HERE, null),
    stack?.info.command(HERE, { branch: "b" }),
    stack?.track.command(HERE, { branch: "b", parent: "a" }),
    stack?.submit.command(HERE, { branch: "b" }),
  ];
  expect(commands.map((command) => command?.args.join(" "))).toEqual([
    "state --no-interactive",
    "log short --no-interactive",
    "sync --no-restack --no-interactive --no-verify",
    "info --branch b --no-interactive",
    "track b --parent a --no-interactive --no-verify",
    "submit --branch b --draft --no-stack --no-edit --no-ai --no-interactive --no-verify",
  ]);
});

test("the state is read as it is printed, and what is none is no answer", () => {
  const parents = [{ ref: "main", sha: "abc" }];
  const printed = { main: { trunk: true }, "a/b": { trunk: false, needs_restack: true, parents } };
  expect(stack?.state.read(ended(JSON.stringify(printed)), null)).toEqual({
    ok: true,
    value: {
      main: { isTrunk: true, parent: null, needsRestack: false },
      "a/b": { isTrunk: false, parent: "main", needsRestack: true },
    },
  });
  for (const other of ["", "[]", "x", '{"a":{}}', '{"a":{"trunk":false,"needs_restack":false,"parents":[]}}'])
    expect(stack?.state.read(ended(other), null)).toMatchObject({ ok: false, error: { kind: "unreadable" } });
});

test("what became of each branch is read; where it is not said of the one that was meant, that is no answer", () => {
  const printed = [
    "▸ low (No-op)",
    "▸ top (Create)",
    "Pushing branches to remote...",
    "mid/x: https://app.graphite.com/github/pr/acme/demo/7 (updated)",
    "top: https://app.graphite.com/github/pr/acme/demo/8 (created)",
  ].join("\n");
  expect(stack?.submit.read(ended(printed), { branch: "top" })).toEqual({
    ok: true,
    value: [
      { branch: "low", url: null, as: "same" },
      { branch: "mid/x", url: "https://app.graphite.com/github/pr/acme/demo/7", as: "updated" },
      { branch: "top", url: "https://app.graphite.com/github/pr/acme/demo/8", as: "created" },
    ],
  });
  expect(stack?.submit.read(ended(printed), { branch: "other" })).toMatchObject({ error: { kind: "unreadable" } });
});

test.each([
  ["ERROR: Please authenticate your Graphite CLI by visiting https://x", "signed out"],
  ["ERROR: Your Graphite auth token is invalid/expired.", "signed out"],
  ["ERROR: Unexpected server response (403). ", "forbidden"],
  ["ERROR: Could not find branch nope. ", "not found"],
  ["ERROR: Cannot perform this operation on untracked branch b0.", "not found"],
  ["ERROR: Cannot read properties of undefined (reading 'toString') ", "unavailable"],
  ["ERROR: Unexpected server response (503). ", "unavailable"],
  ["WARNING: You must restack before submitting this stack.\nERROR: Aborting non-interactive submit. ", "conflict"],
  ["ERROR: Could not determine the name of this repo", "refused"],
])("`%s` is %s", (stderr, kind) => {
  expect(failureOf({ exitCode: 1, stdout: "", stderr }).kind).toBe(kind);
});

test("what went wrong comes first, and tips are left out", () => {
  const stderr =
    "\ntip: gt sync is a core command. It:\n▸ conflicts with much [sync.explanation ●○○]\n\nWARNING: w\nERROR: no \n";
  expect(failureOf({ exitCode: 1, stdout: "", stderr })).toEqual({ kind: "refused", message: "no\nWARNING: w" });
  expect(failureOf({ exitCode: null, stdout: "", stderr: "" })).toMatchObject({ kind: "unavailable" });
});

test("an alias of what is called is a problem, and any other is none", () => {
  expect(aliasProblem("# sync x\nls log short\nss submit --stack\n")).toBeUndefined();
  expect(aliasProblem("ls log short\n  sync   sync --force\n")).toBe("`gt sync` is an alias of `sync --force`");
});

test("the version is what `gt --version` prints", () => {
  expect([tool.versionIn("1.8.6\n"), tool.versionIn("gt: no"), tool.versionIn("v1")]).toEqual([
    "1.8.6",
    undefined,
    undefined,
  ]);
});
