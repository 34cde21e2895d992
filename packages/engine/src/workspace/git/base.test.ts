import { execSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { TestRepository } from "../../../test/support/test-repository.ts";
import { cloneRepository, createRepository } from "../../../test/support/test-repository.ts";
import type { BaseOptions, Selection } from "./base.ts";
import { detectBase } from "./base.ts";
import { openRepository } from "./repository.ts";

type Options = Omit<BaseOptions, "env"> & { readonly env?: Readonly<Record<string, string>> };

function detect(repository: TestRepository, options: Options = {}) {
  const opened = openRepository(repository.root, repository.env);
  if (!opened.ok) throw new Error(opened.error.message);
  return detectBase(opened.value, { ...options, env: options.env ?? {} });
}

function detected(repository: TestRepository, options: Options = {}): Selection {
  const result = detect(repository, options);
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.message}`);
  return result.value;
}

function refused(repository: TestRepository, options: Options = {}): Diagnostic {
  const result = detect(repository, options);
  if (result.ok) throw new Error(`not refused: ${result.value.reason}`);
  return result.error;
}

const CI = { CI: "true" };

/** `main` with two commits, the second of which a branch `feature` with one commit of its own does not have. */
function forked(): TestRepository & { readonly fork: string; readonly tip: string; readonly feature: string } {
  const repository = createRepository();
  repository.write({ a: "1" });
  const fork = repository.commit("fork");
  repository.git("checkout", "-q", "-b", "feature");
  const feature = repository.commit("feature");
  repository.git("checkout", "-q", "main");
  const tip = repository.commit("tip");
  repository.git("checkout", "-q", "feature");
  return { ...repository, fork, tip, feature };
}

test("on a branch the base is where it left main", () => {
  using repository = forked();
  expect(detected(repository)).toEqual({
    ref: "main",
    commit: repository.fork,
    reason: "merge-base with main",
    upTo: null,
  });
});

test("a detached HEAD is compared in the same way", () => {
  using repository = forked();
  repository.git("checkout", "-q", "--detach");
  expect(detected(repository)).toMatchObject({ ref: "main", commit: repository.fork });
});

test("in a clone the base is origin's default branch, whatever its name, and the local copy of it may be old", () => {
  using origin = forked();
  origin.git("branch", "-q", "-m", "main", "trunk");
  origin.git("checkout", "-q", "trunk");
  using clone = cloneRepository(origin);
  clone.git("checkout", "-q", "feature");
  expect(detected(clone)).toMatchObject({ ref: "origin/trunk", commit: origin.fork });
});

test("without origin/HEAD it is origin/main, then a local main or master, then init.defaultBranch, then another remote", () => {
  using origin = forked();
  using clone = cloneRepository(origin, "--no-local");
  clone.git("remote", "set-head", "origin", "--delete");
  clone.git("branch", "-q", "master", "origin/main");
  expect(detected(clone).ref).toBe("origin/main");
  clone.git("remote", "rename", "origin", "upstream");
  expect(detected(clone).ref).toBe("master");
  clone.git("branch", "-q", "-m", "master", "stem");
  expect(detected(clone).ref).toBe("upstream/main");
  clone.git("config", "init.defaultBranch", "stem");
  expect(detected(clone).ref).toBe("stem");
});

test("on the base branch, what was not pushed yet counts", () => {
  using origin = createRepository();
  const pushed = origin.commit("pushed");
  using clone = cloneRepository(origin);
  clone.commit("not pushed");
  expect(detected(clone)).toMatchObject({ ref: "origin/main", commit: pushed, reason: "merge-base with origin/main" });
});

test("on a base branch that only pushes elsewhere, its upstream counts", () => {
  using origin = createRepository();
  const pushed = origin.commit("pushed");
  using clone = cloneRepository(origin, "--origin", "fork");
  clone.commit("not pushed");
  expect(detected(clone)).toMatchObject({ ref: "fork/main", commit: pushed });
});

test("on a base branch without an upstream only what is not committed counts, and that is said", () => {
  using repository = createRepository();
  repository.commit("one");
  const head = repository.commit("two");
  const reason = "what is not committed (on the base branch, which has no upstream)";
  expect(detected(repository)).toEqual({ ref: "main", commit: head, reason, upTo: null });
});

test("a single branch of any name is the base", () => {
  using repository = createRepository();
  repository.git("checkout", "-q", "-b", "work");
  const head = repository.commit();
  expect(detected(repository)).toMatchObject({ ref: "work", commit: head });
});

test("branches of which none is known for a base are an error that names them", () => {
  using repository = createRepository();
  repository.git("checkout", "-q", "-b", "work");
  repository.commit();
  repository.git("branch", "-q", "play");
  expect(refused(repository)).toMatchObject({
    code: "SYM7013",
    hint: expect.stringContaining("--base"),
    notes: ["branches here: play, work"],
  });
});

test("in CI on the base branch the last commit counts, and that is said", () => {
  using repository = createRepository();
  const first = repository.commit("one");
  repository.commit("two");
  const reason = "previous commit (on the base branch in CI)";
  expect(detected(repository, { env: CI })).toEqual({ ref: "main", commit: first, reason, upTo: null, isMerged: true });
});

test("in CI the last commit counts also where the checkout is detached, and for a merge it is the first parent", () => {
  using repository = forked();
  repository.git("checkout", "-q", "main");
  repository.git("merge", "-q", "--no-ff", "-m", "merge", "feature");
  repository.git("checkout", "-q", "--detach");
  expect(detected(repository, { env: CI })).toMatchObject({
    commit: repository.tip,
    reason: "previous commit (on the base branch in CI)",
  });
  repository.git("checkout", "-q", "main~1");
  expect(detected(repository, { env: { ...CI, GITHUB_REF_NAME: "main" } })).toMatchObject({ commit: repository.fork });
});

test("in CI on another branch the base is where it left main", () => {
  using repository = forked();
  expect(detected(repository, { env: CI })).toMatchObject({ commit: repository.fork, reason: "merge-base with main" });
});

test("CI=false is not CI", () => {
  using repository = createRepository();
  repository.commit("one");
  const head = repository.commit("two");
  for (const value of ["false", "0", ""]) expect(detected(repository, { env: { CI: value } }).commit).toBe(head);
});

test("the first commit in CI makes everything new", () => {
  using repository = createRepository();
  repository.commit();
  const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  const reason = "first commit (on the base branch in CI): every file counts";
  expect(detected(repository, { env: CI })).toEqual({ ref: "main", commit: emptyTree, reason, upTo: null });
});

test("before the first commit everything is new", () => {
  using repository = createRepository();
  expect(detected(repository)).toMatchObject({ ref: "main", reason: "no commit yet: every file counts" });
});

test.each([
  ["GitHub Actions", { GITHUB_BASE_REF: "release" }],
  ["GitLab", { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "release", CI_DEFAULT_BRANCH: "main" }],
  ["GitLab without a merge request", { CI_DEFAULT_BRANCH: "release" }],
  ["Azure Pipelines", { CI: "", TF_BUILD: "True", SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/release" }],
  ["Bitbucket", { BITBUCKET_PR_DESTINATION_BRANCH: "release" }],
  ["Buildkite", { BUILDKITE_PULL_REQUEST_BASE_BRANCH: "release" }],
  ["Jenkins", { CHANGE_TARGET: "release" }],
])("the target of a pull request is the base on %s", (_service, variables) => {
  using origin = forked();
  origin.git("branch", "-q", "release", "main");
  using clone = cloneRepository(origin);
  clone.git("checkout", "-q", "feature");
  expect(detected(clone, { env: { ...CI, ...variables } })).toMatchObject({
    ref: "origin/release",
    commit: origin.fork,
  });
});

test("the base commit of a GitLab merge request is taken as it is", () => {
  using repository = forked();
  const env = { ...CI, CI_MERGE_REQUEST_DIFF_BASE_SHA: repository.fork, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main" };
  expect(detected(repository, { env })).toMatchObject({
    ref: "main",
    commit: repository.fork,
    reason: expect.stringContaining("merge request"),
  });
});

test("variables of a CI service count for nothing outside CI, and empty ones nowhere", () => {
  using repository = forked();
  expect(detected(repository, { env: { CHANGE_TARGET: "release" } }).ref).toBe("main");
  expect(
    detected(repository, { env: { ...CI, GITHUB_BASE_REF: "", BUILDKITE_PULL_REQUEST_BASE_BRANCH: "" } }).ref,
  ).toBe("main");
});

test("--base wins over everything and may be any expression; the configured base wins over detection", () => {
  using repository = forked();
  repository.git("branch", "-q", "release", "feature~1");
  const env = { ...CI, GITHUB_BASE_REF: "main" };
  expect(detected(repository, { base: "HEAD~1", configured: "main", env })).toMatchObject({
    ref: "HEAD~1",
    commit: repository.fork,
  });
  expect(detected(repository, { configured: "release" })).toMatchObject({ ref: "release", commit: repository.fork });
  expect(detected(repository, { configured: "release", env }).ref).toBe("main");
});

test("a configured branch is taken as origin has it", () => {
  using origin = forked();
  origin.git("checkout", "-q", "main");
  using clone = cloneRepository(origin);
  clone.git("checkout", "-q", "feature");
  expect(detected(clone, { configured: "main" }).ref).toBe("origin/main");
  expect(detected(clone, { configured: "origin/main" }).ref).toBe("origin/main");
});

test("on the base branch in CI, an explicit --base still means its merge-base", () => {
  using repository = createRepository();
  repository.commit("one");
  const head = repository.commit("two");
  expect(detected(repository, { base: "main", env: CI })).toMatchObject({
    commit: head,
    reason: "merge-base with main",
  });
});

test("--head sets the commit up to which changes count; HEAD means the work tree", () => {
  using repository = forked();
  repository.git("checkout", "-q", "main");
  expect(detected(repository, { head: "feature" })).toMatchObject({
    commit: repository.fork,
    upTo: repository.feature,
  });
  expect(detected(repository, { head: "HEAD" }).upTo).toBeNull();
});

test("an unknown base or head is an error that names it and what is spelled like it", () => {
  using repository = forked();
  const base = refused(repository, { base: "mian" });
  expect(base).toMatchObject({ code: "SYM7011", hint: "did you mean `main`?", notes: ["nearest: main"] });
  expect(base.message).toContain("--base names mian");
  expect(refused(repository, { head: "featrue" }).hint).toContain("`feature`");
  expect(refused(repository, { base: "zzzzzzzz" }).notes).toEqual(["there is: feature", "there is: main"]);
  for (const hostile of ["--all", "-x", "main --help", "main\nfeature", ""])
    expect(refused(repository, { base: hostile }).code).toBe("SYM7011");
});

test("histories without a common commit are an error", () => {
  using repository = createRepository();
  repository.commit();
  repository.git("checkout", "-q", "--orphan", "other");
  repository.commit("unrelated");
  expect(refused(repository)).toMatchObject({ code: "SYM7012", message: expect.stringContaining("main") });
});

test.each(["feature", "detached"])(
  "a shallow clone without the merge-base says what to fetch, and fetching that cures it: %s",
  (state) => {
    using origin = forked();
    origin.git("checkout", "-q", "main");
    using clone = cloneRepository(origin, "--depth", "1", "--branch", "feature", "--no-single-branch");
    if (state === "detached") clone.git("checkout", "-q", "--detach");
    const error = refused(clone);
    expect(error.code).toBe("SYM7010");
    const [command = ""] = /git fetch [^`]+/.exec(error.hint ?? "") ?? [];
    expect(command).toBe(
      state === "detached" ? "git fetch --unshallow origin" : "git fetch --deepen=1000 origin main feature",
    );
    execSync(command, { cwd: clone.root, env: clone.env, stdio: "ignore" });
    expect(detected(clone)).toMatchObject({ ref: "origin/main", commit: origin.fork });
  },
);

test("on GitHub the cure for a shallow clone is fetch-depth", () => {
  using origin = forked();
  using clone = cloneRepository(origin, "--depth", "1", "--branch", "feature", "--no-single-branch");
  const env = { ...CI, GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main" };
  expect(refused(clone, { env })).toMatchObject({ code: "SYM7010", hint: expect.stringContaining("`fetch-depth: 0`") });
});

test("a clone of one branch does not have the base of the request: the error says what to fetch, and fetching that cures it", () => {
  using origin = forked();
  using clone = cloneRepository(origin, "--single-branch", "--branch", "feature");
  const options = { env: { ...CI, GITHUB_BASE_REF: "main", GITHUB_ACTIONS: "true" } };
  const error = refused(clone, options);
  expect(error).toMatchObject({ code: "SYM7011", hint: expect.stringContaining("fetch-depth") });
  const [command = ""] = /git fetch origin [^`]+/.exec(error.hint ?? "") ?? [];
  execSync(command, { cwd: clone.root, env: clone.env, stdio: "ignore" });
  expect(detected(clone, options)).toMatchObject({ ref: "origin/main", commit: origin.fork });
});

test("in CI on the base branch a clone of depth 1 does not know the commit before: that is no first commit", () => {
  using origin = createRepository();
  origin.commit("one");
  origin.commit("two");
  using clone = cloneRepository(origin, "--depth", "1");
  expect(refused(clone, { env: CI }).code).toBe("SYM7010");
});

test("a shallow clone that holds the whole history knows its first commit", () => {
  using origin = createRepository();
  origin.commit("parent of nothing");
  using clone = cloneRepository(origin);
  clone.write({ ".git/shallow": `${origin.git("rev-parse", "HEAD")}\n` });
  expect(detected(clone, { env: CI }).reason).toContain("first commit");
});
