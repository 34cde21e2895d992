import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Platform } from "@symbiotic-build/engine";
import { findPlatformTool } from "../../../packages/engine/src/platform/find-platform.ts";
import { runOperation } from "../../../packages/engine/src/platform/run-operation.ts";
import { ensureStanding } from "../../../packages/engine/src/platform/ensure-standing.ts";
import {
  publishStack,
  pullOfStack,
  stackState,
  submitStack,
  syncStack,
  trackBranch,
} from "../../../packages/engine/src/platform/stack.ts";
import { graphitePlatform } from "../../../packages/plugin-graphite/src/graphite.ts";
import { GRAPHITE_BIN, graphiteRig, HAS_GRAPHITE, type GraphiteRig } from "../../support/platforms/graphite-rig.ts";
import { codeOf } from "../../support/platforms/platform-rig.ts";
import type { Fault } from "../../support/platforms/vendor-proxy.ts";

const OURS = { ownBranches: ["b1", "b2", "b3"] };

/** Graphite takes a second for each branch: the stack is made once, and copied. */
let original: GraphiteRig;

beforeAll(async () => {
  if (!HAS_GRAPHITE) return;
  original = await graphiteRig();
  for (const [branch, parent] of [
    ["b1", "main"],
    ["b2", "b1"],
    ["b3", "b2"],
  ] as const) {
    original.branch(branch);
    const tracked = await trackBranch(original.rig.host(), { branch, parent }, OURS);
    if (!tracked.ok) throw new Error(tracked.error.message);
  }
});

afterAll(async () => {
  if (HAS_GRAPHITE) await original[Symbol.asyncDispose]();
});

/** main <- b1 <- b2 <- b3, all of them kept account of. */
async function stackRig(token?: string): Promise<GraphiteRig> {
  const made = await graphiteRig({ isSetUp: false, ...(token === undefined ? {} : { token }) });
  const { repository, remote } = made.rig;
  rmSync(repository.root, { recursive: true });
  cpSync(original.rig.repository.root, repository.root, { recursive: true, verbatimSymlinks: true });
  repository.git("remote", "set-url", "origin", remote);
  return made;
}

describe.skipIf(!HAS_GRAPHITE)("a stack", () => {
  test("is tracked and submitted as drafts from the trunk up to one branch, and found again by a second run", async () => {
    await using made = await stackRig();
    const { rig } = made;
    const { repository } = rig;
    for (const hook of ["pre-push", "post-checkout", "reference-transaction"])
      writeFileSync(join(repository.root, ".git/hooks", hook), `#!/bin/sh\ntouch ${repository.home}/ran\n`, {
        mode: 0o755,
      });
    // From a work tree of its own, in which another branch is checked out.
    const root = join(repository.home, "tree");
    repository.git("-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", root, "main");
    const host = rig.host({ root });
    const first = await submitStack(host, "b2", OURS);
    expect(first).toMatchObject({
      ok: true,
      value: {
        value: [
          { branch: "b1", as: "created", url: expect.stringMatching(/\/101$/) },
          { branch: "b2", as: "created", url: expect.stringMatching(/\/102$/) },
        ],
        needsRestack: [],
        state: { main: { isTrunk: true, parent: null }, b2: { parent: "b1", needsRestack: false } },
      },
    });
    expect(made.model.pulls).toMatchObject([
      { head: "b1", base: "main", isDraft: true },
      { head: "b2", base: "b1", isDraft: true },
    ]);
    expect(made.pushed()).toEqual(["b1", "b2", "main"]);
    const again = await submitStack(host, "b2", OURS);
    expect(again.ok && again.value.value.map(({ branch, as }) => `${branch} ${as}`)).toEqual(["b1 same", "b2 updated"]);
    expect(made.model.pulls.length).toBe(2);
    expect(existsSync(join(repository.home, "ran"))).toBe(false);
    expect(rig.left()).toEqual([]);
  });

  test("is told, as a drawing and branch by branch", async () => {
    await using made = await stackRig();
    const { log, info } = graphitePlatform.stack!;
    const drawn = await runOperation(made.rig.host(), log, null);
    expect(drawn.ok && drawn.value.match(/b\d|main/g)).toEqual(["b3", "b2", "b1", "main"]);
    expect(await runOperation(made.rig.host(), info, { branch: "b2" })).toMatchObject({
      value: expect.stringContaining("Parent: b1"),
    });
    expect(await runOperation(made.rig.host(), info, { branch: "nobody" })).toMatchObject({
      error: { kind: "not found" },
    });
  });

  test("after others went on, only the trunk moves, and what does not stand on its parent is told, and not pushed", async () => {
    await using made = await stackRig();
    const { repository } = made.rig;
    const branches = () => repository.git("rev-parse", "b1", "b2", "b3");
    repository.git("switch", "--quiet", "b1");
    repository.write({ "b1.txt": "other\n" });
    repository.commit("more");
    const ahead = repository.git("rev-parse", "b1");
    const before = branches();
    const place = join(repository.home, "other");
    execFileSync("git", ["clone", "--quiet", "--branch", "main", made.rig.remote, place], { env: repository.env });
    execFileSync("git", ["commit", "--quiet", "--allow-empty", "-m", "up"], { cwd: place, env: repository.env });
    execFileSync("git", ["push", "--quiet", "origin", "main"], { cwd: place, env: repository.env });
    const synced = await syncStack(made.rig.host(), OURS);
    expect(synced).toMatchObject({ ok: true, value: { needsRestack: ["b1", "b2"] } });
    expect(branches()).toBe(before);
    expect(repository.git("log", "-1", "--format=%s", "main")).toBe("up");
    expect(repository.git("branch", "--show-current")).toBe("b1");
    const requests = made.rig.vendor.seen.length;
    expect(await submitStack(made.rig.host(), "b2", OURS)).toMatchObject({
      error: { code: "SYM7409", message: expect.stringContaining("submitted: b2 does not stand") },
    });
    expect(made.rig.vendor.seen.slice(requests).filter(({ path }) => path.includes("submit"))).toEqual([]);
    expect(made.pushed()).toEqual(["main"]);
    // That the trunk went on holds up nobody.
    expect(await submitStack(made.rig.host(), "b1", OURS)).toMatchObject({ ok: true });
    expect(repository.git("rev-parse", "b1")).toBe(ahead);
  });
});

describe.skipIf(!HAS_GRAPHITE)("where a branch stands", () => {
  test("it is kept where it is, tracked where it is new, and put onto another one where it holds what that shows", async () => {
    await using made = await stackRig();
    const host = made.rig.host();
    const { repository } = made.rig;
    const stand = async (branch: string, parent: string) => {
      const stood = await ensureStanding(host, { branch, parent }, { ownBranches: ["b2", "b3", "n1"] });
      return stood.ok ? stood.value : stood.error.code;
    };
    expect(await stand("b2", "b1")).toEqual({ as: "kept" });
    repository.git("branch", "n1", "b2");
    expect(await stand("n1", "b2")).toEqual({ as: "tracked" });
    expect(await stand("b3", "b1")).toEqual({ as: "moved", from: "b2" });
    expect(await stand("b3", "nobody")).toBe("SYM7460");
    expect(await stand("b3", "constructor")).toBe("SYM7460");
    // Its own it may put elsewhere; that of others it may not.
    expect(await stand("b1", "n1")).toBe("SYM5027");
    repository.git("switch", "--quiet", "main");
    made.branch("far");
    await trackBranch(host, { branch: "far", parent: "main" }, { ownBranches: ["far"] });
    const before = repository.git("rev-parse", "b3", "far");
    expect(await stand("b3", "far")).toBe("SYM7409");
    const state = await stackState(host);
    expect(state.ok && [state.value["b3"]?.parent, state.value["b1"]?.parent]).toEqual(["b1", "main"]);
    expect(repository.git("rev-parse", "b3", "far")).toBe(before);
  });

  test("it is made ready with all below it, where every check passed and a person approved", async () => {
    await using made = await stackRig();
    const host = made.rig.host();
    const commit = made.rig.repository.git("rev-parse", "b2");
    const passed = { commit, checks: [{ name: "review", verdict: "pass" as const }] };
    const held = { commit, checks: [{ name: "review", verdict: "hold" as const }] };
    const approved = ["publish"] as const;
    expect((await submitStack(host, "b2", OURS)).ok).toBe(true);
    expect(codeOf(await publishStack(host, "b2", { ...OURS, verification: passed }))).toBe("SYM5026");
    expect(codeOf(await publishStack(host, "b2", { ...OURS, approved, verification: held }))).toBe("SYM7415");
    const others = { ownBranches: ["b2"], approved, verification: passed };
    expect(codeOf(await publishStack(host, "b2", others))).toBe("SYM5027");
    expect(made.model.pulls.map(({ isDraft }) => isDraft)).toEqual([true, true]);
    expect((await publishStack(host, "b2", { ...OURS, approved, verification: passed })).ok).toBe(true);
    expect(made.model.pulls.map(({ isDraft }) => isDraft)).toContain(false);
    expect(await pullOfStack(host, "b2")).toMatchObject({
      value: { number: 102, url: expect.stringMatching(/\/102$/) },
    });
    expect(await pullOfStack(host, "b3")).toEqual({ ok: true, value: null });
  });
});

describe.skipIf(!HAS_GRAPHITE)("before it is started", () => {
  test("where it is not set up, it would set itself up: nothing is started", async () => {
    await using made = await graphiteRig({ isSetUp: false });
    made.branch("b1");
    expect(await trackBranch(made.rig.host(), { branch: "b1", parent: "main" }, OURS)).toMatchObject({
      error: { code: "SYM7403", hint: "run `gt init --trunk <branch>` there" },
    });
    expect(existsSync(join(made.rig.repository.root, ".git/.graphite_repo_config"))).toBe(false);
  });

  test("branches of others are neither tracked nor pushed with ours", async () => {
    await using made = await stackRig();
    const host = made.rig.host();
    expect(codeOf(await trackBranch(host, { branch: "b1", parent: "main" }, { ownBranches: ["b2"] }))).toBe("SYM5027");
    expect(await submitStack(host, "b2", { ownBranches: ["b2"] })).toMatchObject({
      error: { code: "SYM5027", message: "`gt submit` is refused: it touches b1, which is not ours" },
    });
    expect([made.model.pulls, made.pushed()]).toEqual([[], ["main"]]);
    expect((await submitStack(host, "b2", { ownBranches: ["b2"], approved: ["others"] })).ok).toBe(true);
    expect(made.pushed()).toEqual(["b1", "b2", "main"]);
  });

  test("what a plugin makes of a question is judged, too", async () => {
    await using made = await stackRig();
    const before = made.rig.repository.git("rev-parse", "main", "b1");
    const stack = graphitePlatform.stack!;
    for (const args of [
      ["sync", "--no-interactive"],
      ["ss", "--publish"],
      ["sync", "--no-restack", "--force", "--no-interactive"],
    ]) {
      const platform: Platform = {
        ...graphitePlatform,
        stack: { ...stack, sync: { ...stack.sync, command: () => ({ args }) } },
      };
      expect(codeOf(await syncStack(made.rig.host({ platform }), OURS))).toBe("SYM5025");
    }
    expect(made.rig.repository.git("rev-parse", "main", "b1")).toBe(before);
  });

  test("a user's alias that gives an operation another meaning is refused", async () => {
    await using made = await stackRig();
    const aliases = join(made.rig.repository.home, ".config/graphite/aliases");
    writeFileSync(aliases, "# state log\nls log short\nstate trunk\n");
    expect(await stackState(made.rig.host())).toMatchObject({
      error: { code: "SYM7417", message: "Graphite: `gt state` is an alias of `trunk`", location: { file: aliases } },
    });
    writeFileSync(aliases, "ls log short\n");
    expect((await stackState(made.rig.host())).ok).toBe(true);
  });

  test("it is found on PATH, and as the package that a repository has; one that is not there is an error", async () => {
    await using made = await graphiteRig({ isSetUp: false });
    const { repository, groups, variables } = made.rig;
    const { root, home } = repository;
    const env = { ...variables, PATH: repository.env["PATH"] };
    expect(codeOf(await findPlatformTool(graphitePlatform, { root, home, env }, groups))).toBe("SYM7401");
    const scope = join(root, "node_modules/@withgraphite");
    mkdirSync(join(scope, "graphite-cli"), { recursive: true });
    symlinkSync(join(GRAPHITE_BIN, "../@withgraphite/graphite-cli-linux-x64"), join(scope, "graphite-cli-linux-x64"));
    const program = join(scope, "graphite-cli-linux-x64/bin/gt");
    const found = { ok: true, value: { program, version: "1.8.6" } };
    expect(await findPlatformTool(graphitePlatform, { root, home, env }, groups)).toEqual(found);
    const newer = { ...graphitePlatform, tool: { ...graphitePlatform.tool, version: "1.10.0" } };
    expect(codeOf(await findPlatformTool(newer, { root, home, env }, groups))).toBe("SYM7402");
  });
});

describe.skipIf(!HAS_GRAPHITE)("what goes wrong", () => {
  test.each<[Fault, string]>([
    [{ status: 401, body: { error: "x" } }, "SYM7405"],
    [{ status: 403, body: { error: "x" } }, "SYM7406"],
    [{ status: 404, body: { error: "x" } }, "SYM7407"],
    [{ status: 422, body: { error: "x" } }, "SYM7412"],
    [{ status: 502, body: { error: "x" } }, "SYM7410"],
  ])("an answer of %j is %s, and nothing is pushed", async (fault, code) => {
    await using made = await stackRig();
    made.rig.fault = () => ({ fault });
    expect(codeOf(await submitStack(made.rig.host(), "b1", OURS))).toBe(code);
    expect(made.pushed()).toEqual(["main"]);
    expect(made.rig.left()).toEqual([]);
  });

  test("no token, and a wrong one, are an error that says what to do", async () => {
    for (const token of ["", "bad-token"]) {
      await using made = await stackRig(token);
      expect(await submitStack(made.rig.host(), "b1", OURS)).toMatchObject({
        error: {
          code: "SYM7405",
          message: expect.stringMatching(/^Graphite: ./),
          hint: expect.stringContaining("GRAPHITE_AUTH_TOKEN"),
        },
      });
    }
  });

  test("what hangs, with a server that never answers, drops, or is not there, is ended in time, and no process is left", async () => {
    await using made = await stackRig();
    const host = made.rig.host({ timeoutMs: 6000 });
    const { submit, sync } = graphitePlatform.stack!;
    const timeout = { ok: false, error: { kind: "timeout", diagnostic: { code: "SYM7404" } } };
    for (const fault of ["hang", "drop"] as const) {
      made.rig.fault = () => ({ fault });
      const before = made.rig.vendor.seen.length;
      expect(await runOperation(host, submit, { branch: "b1" })).toMatchObject(timeout);
      expect(made.rig.vendor.seen.slice(before).map(({ path }) => path)).toContainEqual(
        expect.stringContaining("is-repo-synced"),
      );
    }
    await made.rig.vendor[Symbol.asyncDispose]();
    expect(await runOperation(host, sync, null)).toMatchObject(timeout);
    expect([made.pushed(), made.rig.left()]).toEqual([["main"], []]);
  });

  test("a push that the remote refuses is an error", async () => {
    await using made = await stackRig();
    writeFileSync(join(made.rig.remote, "hooks/pre-receive"), "#!/bin/sh\necho no >&2\nexit 1\n", { mode: 0o755 });
    expect((await submitStack(made.rig.host(), "b1", OURS)).ok).toBe(false);
    expect([made.model.pulls, made.pushed()]).toEqual([[], ["main"]]);
  });

  test("a parent that nobody keeps account of is an error, and waits for nobody", async () => {
    await using made = await graphiteRig();
    made.branch("b0");
    made.branch("b1");
    expect(codeOf(await trackBranch(made.rig.host(), { branch: "b1", parent: "nobody" }, OURS))).toBe("SYM7407");
    expect(codeOf(await trackBranch(made.rig.host(), { branch: "b1", parent: "b0" }, OURS))).toBeDefined();
  });
});
