import { expect, test } from "vitest";
import type { PassedVerification, PlatformEnd } from "@symbiotic-build/engine";
import { failureOf } from "./failure.ts";
import { githubPlatform } from "./github.ts";
import { optionsSchema } from "./options.ts";

const { pulls, tool } = githubPlatform;
const HERE = { options: { repository: null } };
const THERE = { options: { repository: "acme/demo" } };

function ended(stdout: string, more: Partial<PlatformEnd> = {}): PlatformEnd {
  return { exitCode: 0, stdout, stderr: "", ...more };
}

const PULL = {
  number: 7,
  title: "A: b",
  url: "https://github.com/acme/demo/pull/7",
  body: "",
  state: "MERGED",
  isDraft: false,
  headRefName: "x",
  headRefOid: "abc",
  baseRefName: "main",
  isCrossRepository: false,
};

test("a draft is opened by one command, its text on standard input, and nothing of it is taken for an option", () => {
  const command = pulls?.create.command(HERE, { branch: "x", base: "main", title: "--web", body: "secret text" });
  expect(command).toEqual({
    args: ["pr", "create", "--draft", "--title=--web", "--body-file", "-", "--base=main", "--head=x"],
    stdin: "secret text",
  });
  expect(pulls?.create.read(ended(`${PULL.url}\n`), { branch: "x", base: "main", title: "", body: "" })).toEqual({
    ok: true,
    value: { number: 7, url: PULL.url },
  });
});

test("which repository is meant is said to every operation that takes it", () => {
  const evidence = {} as PassedVerification;
  const commands = [
    pulls?.find.command(THERE, { branch: "x" }),
    pulls?.view.command(THERE, { number: 7 }),
    pulls?.create.command(THERE, { branch: "x", base: "main", title: "", body: "" }),
    pulls?.markReady.command(THERE, { number: 7, evidence }),
  ];
  for (const command of commands) expect(command?.args.slice(-2)).toEqual(["--repo", "acme/demo"]);
  expect(pulls?.update.command(THERE, { number: 7, title: "t" })).toEqual({
    args: ["api", "--method", "PATCH", "repos/acme/demo/pulls/7", "--input", "-"],
    stdin: '{"title":"t"}',
  });
  expect(pulls?.update.command(HERE, { number: 7 }).args[3]).toBe("repos/{owner}/{repo}/pulls/7");
  expect(optionsSchema.safeParse({ repository: "--web" }).success).toBe(false);
});

test("the pull requests of a branch are those of this repository, and with a title those that begin so", () => {
  const list = [
    PULL,
    { ...PULL, number: 8, isCrossRepository: true },
    { ...PULL, number: 9, headRefName: "y", title: "B" },
  ];
  const numbers = (query: { branch: string } | { titlePrefix: string }) => {
    const read = pulls?.find.read(ended(JSON.stringify(list)), query);
    return read?.ok === true && read.value.map(({ number }) => number);
  };
  expect(numbers({ branch: "x" })).toEqual([7]);
  expect(numbers({ titlePrefix: "A" })).toEqual([7, 8]);
  expect(pulls?.find.read(ended(JSON.stringify([PULL])), { branch: "x" })).toMatchObject({
    value: [{ number: 7, state: "merged", branch: "x", commit: "abc", base: "main" }],
  });
});

test("what is no list, lacks something, or may not be all of it is no answer", () => {
  const many = Array.from({ length: 100 }, () => PULL);
  for (const printed of ["", "{}", "[{}]", '[{"number":0}]', JSON.stringify(many)])
    expect(pulls?.find.read(ended(printed), { branch: "x" })).toMatchObject({
      ok: false,
      error: { kind: "unreadable" },
    });
  expect(pulls?.view.read(ended(JSON.stringify({ ...PULL, number: 0 })), { number: 9 })).toMatchObject({ ok: false });
  expect(pulls?.create.read(ended(""), { branch: "x", base: "", title: "", body: "" })).toMatchObject({ ok: false });
});

test.each([
  ["HTTP 401: Bad credentials (https://api.github.com/graphql)", 1, "signed out"],
  ["", 4, "signed out"],
  ["You are not logged into any GitHub hosts. Run gh auth login to authenticate.", 1, "signed out"],
  ["HTTP 403: Resource not accessible by personal access token", 1, "forbidden"],
  ["HTTP 403: API rate limit exceeded for user", 1, "unavailable"],
  ["GraphQL: Could not resolve to a Repository with the name 'a/b'.", 1, "not found"],
  ["gh: Not Found (HTTP 404)", 1, "not found"],
  ['a pull request for branch "x" into branch "main" already exists:', 1, "exists"],
  ["HTTP 422: Validation Failed", 1, "refused"],
  ["HTTP 502: Bad Gateway", 1, "unavailable"],
  ['API call failed: non-200 OK status code: 502 Bad Gateway body: "{}"', 1, "unavailable"],
  ["json: cannot unmarshal string into Go value", 1, "unreadable"],
  ['Post "https://api.github.com/graphql": EOF', 1, "unavailable"],
  ['Post "https://api.github.com/graphql": dial tcp 127.0.0.1:1: connect: connection refused', 1, "unavailable"],
  ["", null, "unavailable"],
  ["unknown flag: --x", 1, "refused"],
])("`%s` with exit code %s is %s", (stderr, exitCode, kind) => {
  expect(failureOf({ exitCode, stdout: "", stderr }).kind).toBe(kind);
});

test("who is signed in is told by old and new versions", () => {
  const login = (printed: string) => pulls?.signedIn.read(ended("", { stderr: printed }), null);
  expect(login("  ✓ Logged in to github.com as stub (GH_TOKEN)\n")).toEqual({ ok: true, value: { login: "stub" } });
  expect(login("  ✓ Logged in to github.com account stub (keyring)\n")).toEqual({ ok: true, value: { login: "stub" } });
  expect(login("")).toEqual({ ok: true, value: { login: null } });
});

test("the version is what `gh --version` says", () => {
  expect(tool.versionIn("gh version 2.23.0 (2023-02-27 Debian 2.23.0+dfsg1-1)\nhttps://x\n")).toBe("2.23.0");
  expect(tool.versionIn("git version 2.39.5")).toBeUndefined();
});
