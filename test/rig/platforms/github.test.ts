import { describe, expect, test } from "vitest";
import { pushBranch } from "../../../packages/engine/src/commit/push-branch.ts";
import { ensureDraft } from "../../../packages/engine/src/platform/ensure-draft.ts";
import { markReady } from "../../../packages/engine/src/platform/mark-ready.ts";
import { runOperation } from "../../../packages/engine/src/platform/run-operation.ts";
import { updatePull } from "../../../packages/engine/src/platform/update-pull.ts";
import { githubPlatform } from "../../../packages/plugin-github/src/github.ts";
import { gitHubRig } from "../../support/platforms/github-rig.ts";
import { codeOf, type PlatformRig } from "../../support/platforms/platform-rig.ts";
import type { Fault, Seen } from "../../support/platforms/vendor-proxy.ts";

const WINDOWS = process.platform === "win32";
const REQUEST = { branch: "issue-7", base: "main", title: "Issue 7: do it", body: "What, and\nwhy.\n" };
const PULL = { headRefName: "issue-7", title: REQUEST.title, body: REQUEST.body, isDraft: true };
const TOKEN = `ghp_${"a1B2".repeat(9)}`;

function isCreating({ body }: Seen): boolean {
  return String(body["query"]).includes("mutation PullRequestCreate");
}

/** How often a pull request was asked to be opened. */
function creations(rig: PlatformRig): number {
  return rig.vendor.seen.filter(isCreating).length;
}

describe.skipIf(WINDOWS)("one draft a branch", () => {
  test("is opened, and found again by every run after it", async () => {
    const { rig, model } = await gitHubRig();
    await using held = rig;
    expect(await ensureDraft(held.host(), REQUEST)).toMatchObject({
      ok: true,
      value: { as: "created", pull: { number: 1, state: "open", isDraft: true, branch: "issue-7", base: "main" } },
    });
    expect(model.pulls).toMatchObject([{ title: REQUEST.title, body: REQUEST.body, isDraft: true }]);
    for (const title of [REQUEST.title, "Another title"])
      expect(await ensureDraft(held.host(), { ...REQUEST, title })).toMatchObject({
        value: { as: "found", pull: { number: 1 } },
      });
    expect([model.pulls.length, creations(rig)]).toEqual([1, 1]);
    expect(rig.left()).toEqual([]);
  });

  test.each(["CLOSED", "MERGED"] as const)("one that is %s is said, and no other is opened", async (state) => {
    const { rig } = await gitHubRig([
      { ...PULL, state },
      { ...PULL, headRefName: "other" },
    ]);
    await using held = rig;
    const as = state.toLowerCase();
    expect(await ensureDraft(held.host(), REQUEST)).toMatchObject({ value: { as, pull: { number: 1, state: as } } });
    expect(creations(rig)).toBe(0);
  });

  test("an open one counts before a closed one; two open ones are an error; one of a fork is none", async () => {
    const { rig, model } = await gitHubRig([PULL, { ...PULL, state: "CLOSED" }]);
    await using held = rig;
    expect(await ensureDraft(held.host(), REQUEST)).toMatchObject({ value: { as: "found", pull: { number: 1 } } });
    model.pulls.push({ ...model.pulls[0]!, number: 3, baseRefName: "next" });
    const several = await ensureDraft(held.host(), REQUEST);
    expect(several).toMatchObject({
      error: { code: "SYM7413", notes: [expect.stringMatching(/pull\/3 into next$/), expect.any(String)] },
    });
    expect(creations(rig)).toBe(0);
    model.pulls.splice(0, 3, { ...model.pulls[0]!, isCrossRepository: true, state: "CLOSED" });
    expect(await ensureDraft(held.host(), REQUEST)).toMatchObject({ value: { as: "created" } });
  });

  test("where GH_REPO names another repository, what is looked up is what is opened", async () => {
    const { rig } = await gitHubRig([PULL]);
    await using held = rig;
    held.variables["GH_REPO"] = "other/place";
    expect(await ensureDraft(held.host(), REQUEST)).toMatchObject({ value: { as: "found", pull: { number: 1 } } });
    const asked = rig.vendor.seen.map(({ body }) => (body["variables"] as { owner?: string } | undefined)?.owner);
    expect(asked).toEqual(["acme"]);
  });

  test("two runs at once open one", async () => {
    const { rig, model } = await gitHubRig();
    await using held = rig;
    const both = await Promise.all([ensureDraft(held.host(), REQUEST), ensureDraft(held.host(), REQUEST)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(model.pulls.length).toBe(1);
  });

  test("its title and text are changed where they are other", async () => {
    const { rig, model } = await gitHubRig([PULL]);
    await using held = rig;
    const ensured = await ensureDraft(held.host(), REQUEST);
    if (!ensured.ok) throw new Error("not there");
    const { pull } = ensured.value;
    const before = rig.vendor.seen.length;
    expect(await updatePull(held.host(), pull, { body: pull.body })).toEqual({ ok: true, value: false });
    expect(rig.vendor.seen.length).toBe(before);
    expect(await updatePull(held.host(), pull, { body: "new" })).toEqual({ ok: true, value: true });
    expect(model.pulls[0]).toMatchObject({ title: REQUEST.title, body: "new" });
  });

  test("those whose title begins so are found, open or not", async () => {
    const { rig } = await gitHubRig([
      PULL,
      { ...PULL, title: "Issue 70" },
      { ...PULL, title: "Issue 7: x", state: "MERGED" },
    ]);
    await using held = rig;
    const find = githubPlatform.pulls!.find;
    const found = await runOperation(held.host(), find, { titlePrefix: "Issue 7:" });
    expect(found.ok && found.value.map(({ number }) => number)).toEqual([3, 1]);
  });
});

describe.skipIf(WINDOWS)("what goes wrong", () => {
  test.each<[Fault, string]>([
    [{ status: 401, body: { message: "Bad credentials" } }, "SYM7405"],
    [{ status: 403, body: { message: "Resource not accessible" } }, "SYM7406"],
    [{ status: 404, body: { message: "Not Found" } }, "SYM7407"],
    [{ status: 422, body: { message: "Validation Failed" } }, "SYM7412"],
    [{ status: 502, body: { message: "Bad Gateway" } }, "SYM7410"],
    ["drop", "SYM7410"],
    [{ status: 200, body: "what is this" }, "SYM7411"],
  ])("a look-up that ends with %j is %s, and nothing is opened", async (fault, code) => {
    const { rig, model } = await gitHubRig();
    await using held = rig;
    held.fault = () => ({ fault });
    const result = await ensureDraft(held.host(), REQUEST);
    expect(codeOf(result)).toBe(code);
    expect([model.pulls, creations(held)]).toEqual([[], 0]);
    expect(rig.left()).toEqual([]);
  });

  test("one that is never answered is given up in time, and no process is left", async () => {
    const { rig } = await gitHubRig();
    await using held = rig;
    held.fault = () => ({ fault: "hang" });
    expect(codeOf(await ensureDraft(held.host({ timeoutMs: 700 }), REQUEST))).toBe("SYM7404");
    expect([creations(held), held.left()]).toEqual([0, []]);
  });

  test("without a token, with a wrong one, and with one that may only read: an error each, that says what to do", async () => {
    for (const [token, code, hint] of [
      ["", "SYM7405", "gh auth login"],
      ["bad-token", "SYM7405", "gh auth login"],
      ["blind-token", "SYM7407", "look whether"],
      ["reader-token", "SYM7406", "may do that"],
    ] as const) {
      const { rig, model } = await gitHubRig([], token);
      await using held = rig;
      const result = await ensureDraft(held.host(), REQUEST);
      expect(result).toMatchObject({
        error: { code, hint: expect.stringContaining(hint), message: expect.stringMatching(/^GitHub: ./) },
      });
      expect(model.pulls).toEqual([]);
    }
  });

  test("who is signed in is told, and that nobody is", async () => {
    const signedIn = githubPlatform.pulls!.signedIn;
    for (const [token, answer] of [
      ["dummy", { ok: true, value: { login: "stub" } }],
      ["bad-token", { ok: false, error: { kind: "signed out" } }],
      ["", { ok: false, error: { kind: "signed out" } }],
    ] as const) {
      const { rig } = await gitHubRig([], token);
      await using held = rig;
      expect(await runOperation(held.host(), signedIn, null)).toMatchObject(answer);
    }
  });

  test.each<[Fault, number]>([
    ["drop", 60_000],
    [{ status: 502, body: { message: "Bad Gateway" } }, 60_000],
    ["hang", 2500],
  ])("an opening that is done and answered with %j is found: there is one", async (fault, timeoutMs) => {
    const { rig, model } = await gitHubRig();
    await using held = rig;
    held.fault = (seen) => (isCreating(seen) ? { fault, afterwards: true } : undefined);
    expect(await ensureDraft(held.host({ timeoutMs }), REQUEST)).toMatchObject({
      value: { as: "found", pull: { number: 1 } },
    });
    expect(await ensureDraft(held.host(), REQUEST)).toMatchObject({ value: { as: "found" } });
    expect([model.pulls.length, creations(held)]).toEqual([1, 1]);
  });

  test("an opening that is refused since there is one already finds that one", async () => {
    const { rig, model } = await gitHubRig();
    await using held = rig;
    held.fault = (seen) => {
      // Somebody else is faster.
      if (isCreating(seen) && model.pulls.length === 0)
        model.pulls.push({
          ...PULL,
          number: 4,
          state: "OPEN",
          headRefOid: "1",
          baseRefName: "main",
          isCrossRepository: false,
        });
      return undefined;
    };
    expect(await ensureDraft(held.host(), REQUEST)).toMatchObject({ value: { as: "found", pull: { number: 4 } } });
    expect(model.pulls.length).toBe(1);
  });

  test("what is told holds no secrets", async () => {
    const { rig } = await gitHubRig();
    await using held = rig;
    held.fault = () => ({ fault: { status: 422, body: { message: `no ${TOKEN}` } } });
    const result = await ensureDraft(held.host(), REQUEST);
    expect(JSON.stringify(result)).toContain("no [redacted:github]");
  });

  test("a push that fails is an error, and pushes nothing", async () => {
    const { rig } = await gitHubRig();
    await using held = rig;
    const { repository, groups } = held;
    repository.git("branch", "issue-7");
    repository.git("config", "remote.origin.pushurl", `${held.remote}.gone`);
    const { root, env: environment } = repository;
    const { redactor } = held.host();
    const common = { root, environment, groups, redactor, remote: "origin", timeoutMs: 60_000 };
    expect(codeOf(await pushBranch({ ...common, branch: "issue-7" }))).toBe("SYM7322");
    repository.git("config", "remote.origin.pushurl", held.remote);
    expect(await pushBranch({ ...common, branch: "issue-7" })).toMatchObject({ ok: true, value: { as: "new" } });
  });
});

describe.skipIf(WINDOWS)("from draft to ready", () => {
  const commit = "1".repeat(40);
  const passed = { commit, checks: [{ name: "tests", verdict: "pass" as const }] };

  test("a draft becomes ready when all passed on what it shows, and only once", async () => {
    const { rig, model } = await gitHubRig([PULL]);
    await using held = rig;
    expect(await markReady(held.host(), 1, passed)).toMatchObject({ ok: true, value: { isDraft: false } });
    expect(model.pulls[0]?.isDraft).toBe(false);
    const before = rig.vendor.seen.length;
    expect((await markReady(held.host(), 1, passed)).ok).toBe(true);
    expect(rig.vendor.seen.slice(before).filter(({ body }) => String(body["query"]).includes("mutation"))).toEqual([]);
  });

  test.each([
    [{ commit, checks: [] }, "SYM7415"],
    [{ commit, checks: [...passed.checks, { name: "lint", verdict: "fail" as const }] }, "SYM7415"],
    [{ commit, checks: [...passed.checks, { name: "size", verdict: "hold" as const }] }, "SYM7415"],
    [{ commit: "2".repeat(40), checks: passed.checks }, "SYM7415"],
  ])("with %j it stays a draft", async (verification, code) => {
    const { rig, model } = await gitHubRig([PULL]);
    await using held = rig;
    expect(codeOf(await markReady(held.host(), 1, verification))).toBe(code);
    expect(model.pulls[0]?.isDraft).toBe(true);
  });

  test("one that is merged, or is not there, is an error", async () => {
    const { rig } = await gitHubRig([{ ...PULL, state: "MERGED" }]);
    await using held = rig;
    expect(codeOf(await markReady(held.host(), 1, passed))).toBe("SYM7414");
    expect(codeOf(await markReady(held.host(), 9, passed))).toBe("SYM7407");
  });

  test("nothing that fails on the way is taken for ready", async () => {
    const { rig, model } = await gitHubRig([PULL]);
    await using held = rig;
    held.fault = ({ body }) =>
      String(body["query"]).includes("mutation") ? { fault: { status: 502, body: { message: "x" } } } : undefined;
    expect(await markReady(held.host(), 1, passed)).toMatchObject({ error: { code: "SYM7410" } });
    expect(model.pulls[0]?.isDraft).toBe(true);
    held.fault = ({ body }) =>
      String(body["query"]).includes("mutation") ? { fault: "drop", afterwards: true } : undefined;
    expect(await markReady(held.host(), 1, passed)).toMatchObject({ ok: true, value: { isDraft: false } });
  });
});
