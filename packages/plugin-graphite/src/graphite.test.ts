import { expect, test } from "vitest";
import type { PassedVerification, PlatformEnd } from "@symbiotic-build/engine";
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
    stack?.publish.command(HERE, { branch: "b", evidence: {} as PassedVerification }),
    stack?.pull.command(HERE, { branch: "b" }),
  ];
  expect(commands.map((command) => command?.args.join(" "))).toEqual([
    "state --no-interactive",
    "log short --no-interactive",
    "sync --no-restack --no-interactive --no-verify",
    "info --branch b --no-interactive",
    "track b --parent a --no-interactive --no-verify",
    "submit --branch b --draft --no-stack --no-edit --no-ai --no-interactive --no-verify",
    "submit --branch b --publish --no-stack --no-edit --no-ai --no-interactive --no-verify",
    "info --branch b --no-interactive",
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

test("what somebody has decided on is told instead of an error, and a branch without a change gets no pull request", () => {
  const stderr = "WARNING: PR for the following branch has already been merged or closed:\nERROR: Aborting";
  const printed = "▸ low - PR #7 (merged)\n▸ top/x - PR #8 (closed)\n";
  expect(stack?.submit.read(ended(printed, { exitCode: 1, stderr }), { branch: "top/x" })).toEqual({
    ok: true,
    value: [
      { branch: "low", url: null, as: "merged" },
      { branch: "top/x", url: null, as: "closed" },
    ],
  });
  const empty = "WARNING: This branch does not introduce any changes:\n▸ b\nNothing to submit!\n";
  expect(stack?.submit.read(ended(empty), { branch: "b" })).toMatchObject({ error: { kind: "refused" } });
});

test("the pull request of a branch is what is told of it, and not what its commits say", () => {
  const url = "https://app.graphite.com/github/pr/acme/demo/7";
  const commit = `\u001b[33mcommit ${"a".repeat(40)}\u001b[m\nAuthor: T\n\nPR #9 x\nhttps://example.com/9\n`;
  const read = (printed: string) => stack?.pull.read(ended(printed), { branch: "b" });
  expect(read(`b\n1 day ago\n\nPR #7 title\n${url}\nParent: a\n\n${commit}`)).toEqual({
    ok: true,
    value: { number: 7, url },
  });
  expect(read(`b\n1 day ago\n\nParent: a\n\n${commit}`)).toEqual({ ok: true, value: null });
  expect(read("b\n\nPR #7 title\n")).toMatchObject({ error: { kind: "unreadable" } });
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
  ["ERROR: b1 is not in the history of b2.", "conflict"],
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
