import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ensureWorktree } from "../../../src/worktree/ensure-worktree.ts";
import { ensured, leaseOf, refused, worktreeRig } from "./worktree-rig.ts";

test("a folder that became a link, or lies behind one, is refused and not touched", () => {
  const { repository, open } = worktreeRig();
  const made = ensured(open(), "a");
  made.lease.release();
  const away = join(dirname(repository.root), "away");
  renameSync(made.path, away);
  symlinkSync(away, made.path, "junction");
  expect(refused(open(), "a")).toBe("SYM7612");
  rmSync(made.path);
  renameSync(away, made.path);
  ensured(open(), "a").lease.release();
  const folder = dirname(made.path);
  renameSync(folder, away);
  symlinkSync(away, folder, "junction");
  expect(refused(open(), "a")).toBe("SYM7611");
});

test("a folder whose .git leads elsewhere is refused before any git looks at it", () => {
  const { repository, open } = worktreeRig();
  const made = ensured(open(), "a");
  made.lease.release();
  const pointer = join(made.path, ".git");
  const own = readFileSync(pointer, "utf8");
  const evil = join(dirname(repository.root), "evil");
  const marker = join(dirname(repository.root), "ran");
  execFileSync("git", ["init", "--quiet", evil], { env: repository.env });
  execFileSync("git", ["config", "filter.x.clean", `touch ${marker}`], { cwd: evil, env: repository.env });
  for (const text of [
    `gitdir: ${evil}/.git\n`,
    "nothing",
    `gitdir: ${repository.root}/.git\n`,
    `gitdir: ${repository.root}/.git/worktrees/none\n`,
  ]) {
    writeFileSync(pointer, text);
    expect([text, refused(open(), "a")]).toEqual([text, "SYM7613"]);
  }
  rmSync(pointer);
  mkdirSync(pointer);
  expect(refused(open(), "a")).toBe("SYM7613");
  rmSync(pointer, { recursive: true });
  expect(refused(open(), "a")).toBe("SYM7613");
  writeFileSync(pointer, own);
  expect(ensured(open(), "a").created).toBe(false);
  expect(existsSync(marker)).toBe(false);
});

test("a folder whose .git leads to another worktree is refused", () => {
  const { open } = worktreeRig();
  const [one, two] = ["a", "b"].map((id) => ensured(open(), id));
  one?.lease.release();
  writeFileSync(join(one?.path ?? "", ".git"), readFileSync(join(two?.path ?? "", ".git"), "utf8"));
  expect(refused(open(), "a")).toBe("SYM7613");
});

test("what is recorded and damaged is an error that names the file, and removes nothing", () => {
  const { open, recordFile } = worktreeRig();
  const made = ensured(open(), "a");
  made.lease.release();
  const whole = readFileSync(recordFile("a"), "utf8");
  const texts = [
    "",
    "{",
    whole.slice(0, -20),
    whole.replace('"v": 1', '"v": 2'),
    whole.replace(/"path": ".*"/, '"path": "/"'),
    whole.replace(/"path": ".*"/, '"path": "a"'),
    whole.replace('"state": "ready"', '"state": "deleting"'),
    whole.replace('"state": "ready"', '"state": "deleting"').replace('"trash": null', '"trash": "/"'),
    whole.replace('"trash": null', `"trash": "${made.path}/../../.removing-a-x"`),
  ];
  for (const text of texts) {
    writeFileSync(recordFile("a"), text);
    const lease = leaseOf(open(), "a");
    const asked = ensureWorktree(open(), lease, { base: "main" });
    expect([text, asked]).toMatchObject([
      text,
      { ok: false, error: { code: "SYM7603", location: { file: recordFile("a") } } },
    ]);
    lease.release();
    expect(readFileSync(recordFile("a"), "utf8")).toBe(text);
  }
  rmSync(recordFile("a"));
  mkdirSync(recordFile("a"));
  expect(refused(open(), "a")).toBe("SYM7603");
  expect(existsSync(join(made.path, "src/a.py"))).toBe(true);
});

test("the user's hooks and the repository's own filters are not run", () => {
  const { repository, open } = worktreeRig({ ...{ "a.txt": "a\n", ".gitattributes": "*.txt filter=own\n" } });
  const marker = join(dirname(repository.root), "ran");
  for (const hook of ["post-checkout", "reference-transaction", "post-index-change"])
    writeFileSync(join(repository.root, ".git/hooks", hook), `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 });
  for (const key of ["clean", "smudge"]) repository.git("config", `filter.own.${key}`, `touch '${marker}'; cat`);
  repository.git("config", "filter.own.required", "true");
  repository.git("config", "core.fsmonitor", `touch '${marker}'`);
  rmSync(marker, { force: true });
  const made = ensured(open(), "a");
  expect(readFileSync(join(made.path, "a.txt"), "utf8")).toBe("a\n");
  expect(existsSync(marker)).toBe(false);
});
