import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorOf } from "../../../src/core/diagnostic.ts";
import { fail, ok } from "../../../src/core/result.ts";
import { detectInstalls, type InstallStep } from "../../../src/worktree/detect-installs.ts";
import { installOnce } from "../../../src/worktree/install-once.ts";
import { codeOf, ensured, removed, unwrap, worktreeRig } from "./worktree-rig.ts";

const STEP: InstallStep = {
  installer: "npm",
  folder: "web",
  commands: [["npm", "ci"]],
  lockfiles: ["web/package-lock.json"],
  makes: "web/node_modules",
};

/** A worktree in which installs are asked for; each makes its folder, and `then` follows. */
function installs(then: (cwd: string) => void = () => undefined) {
  const rig = worktreeRig({ ".gitignore": "node_modules\n", "web/package-lock.json": "1\n" });
  const worktrees = rig.open();
  const made = ensured(worktrees, "a");
  const ran: string[] = [];
  const ask = (steps: readonly InstallStep[] = [STEP], more: { readonly fails?: boolean } = {}) =>
    installOnce(worktrees, made.lease, {
      ...{ worktree: made, steps },
      run: (argv, cwd) => {
        ran.push(`${cwd.slice(made.path.length + 1)}$ ${argv.join(" ")}`);
        mkdirSync(join(cwd, "node_modules"), { recursive: true });
        then(cwd);
        return Promise.resolve(more.fails === true ? fail(errorOf("SYM0000", "no")) : ok(undefined));
      },
    });
  const outcomes = async (...args: Parameters<typeof ask>) => unwrap(await ask(...args)).map(({ outcome }) => outcome);
  return { ...rig, ...made, worktrees, ran, ask, outcomes };
}

test("an install runs once a lockfile, and again when that, its command or its result changed", async () => {
  const at = installs();
  expect([await at.outcomes(), await at.outcomes()]).toEqual([["ran"], ["unchanged"]]);
  writeFileSync(join(at.path, "web/package-lock.json"), "2\n");
  expect([await at.outcomes(), await at.outcomes()]).toEqual([["ran"], ["unchanged"]]);
  rmSync(join(at.path, "web/node_modules"), { recursive: true });
  expect([await at.outcomes(), await at.outcomes()]).toEqual([["ran"], ["unchanged"]]);
  const other = { ...STEP, commands: [["pnpm", "install"]] };
  expect([await at.outcomes([other]), await at.outcomes([other, STEP])]).toEqual([["ran"], ["unchanged", "unchanged"]]);
  expect(at.ran).toEqual(["web$ npm ci", "web$ npm ci", "web$ npm ci", "web$ pnpm install"]);
});

test("what is installed outlives the process that did it, and not the worktree", async () => {
  const at = installs();
  await at.outcomes();
  at.lease.release();
  const again = ensured(at.open({ run: "run-2" }), "a");
  const ask = { worktree: again, steps: [STEP], run: () => Promise.resolve(ok(undefined)) };
  expect(unwrap(await installOnce(at.open(), again.lease, ask))).toMatchObject([{ outcome: "unchanged" }]);
  expect(removed(at.open(), again.lease)).toEqual(["removed"]);
  again.lease.release();
  const anew = ensured(at.open(), "a");
  expect(existsSync(join(anew.path, "web/node_modules"))).toBe(false);
  mkdirSync(join(anew.path, "web/node_modules"));
  expect(unwrap(await installOnce(at.open(), anew.lease, { ...ask, worktree: anew }))).toMatchObject([
    { outcome: "ran" },
  ]);
});

test("an install that failed, or that changed its lockfile, runs again", async () => {
  const failing = installs();
  expect(codeOf(await failing.ask([STEP, STEP], { fails: true }))).toBe("SYM0000");
  expect(failing.ran).toHaveLength(1);
  expect(await failing.outcomes()).toEqual(["ran"]);
  let count = 0;
  const writing = installs((cwd) => {
    count += 1;
    writeFileSync(join(cwd, "package-lock.json"), `written ${String(count)}\n`);
  });
  expect(await writing.outcomes()).toEqual(["ran"]);
  // As it was, but what is installed is not for it.
  writeFileSync(join(writing.path, "web/package-lock.json"), "1\n");
  expect(await writing.outcomes()).toEqual(["ran"]);
});

test("a lockfile that is a link or lies behind one is not followed", async () => {
  const at = installs();
  const lockfile = join(at.path, "web/package-lock.json");
  rmSync(lockfile);
  symlinkSync(join(at.repository.root, "web/package-lock.json"), lockfile);
  expect(codeOf(await at.ask())).toBe("SYM7640");
  rmSync(join(at.path, "web"), { recursive: true });
  symlinkSync(join(at.repository.root, "web"), join(at.path, "web"));
  expect(codeOf(await at.ask())).toBe("SYM7640");
  expect(at.ran).toEqual([]);
});

test("what is to be installed is found by the files of the worktree", async () => {
  const at = installs();
  const files = at.repository.git("ls-files").split("\n");
  const steps = detectInstalls({ files, isInMain: () => false, platform: process.platform });
  expect(await at.outcomes(steps)).toEqual(["ran"]);
  expect(at.ran).toEqual(["web$ npm ci"]);
});
