import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../../test/support/repository.ts";
import { takeLease } from "../../../src/worktree/lease.ts";
import { tree } from "./removal-rig.ts";
import { ensured, entries, refused, removed, unwrap, worktreeRig } from "./worktree-rig.ts";

test.skipIf(process.platform === "win32")(
  "programs that show signatures are not started, whatever is configured",
  () => {
    const at = tree();
    const [program, marker] = ["gpg", "ran"].map((name) => join(at.repository.home, name));
    const sign =
      'echo "[GNUPG:] SIG_CREATED " >&2; printf -- "-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n"';
    const script = `#!/bin/sh\ncase "$*" in *--verify*) touch '${String(marker)}'; exit 1;; esac\ncat > /dev/null\n${sign}\n`;
    writeFileSync(String(program), script, { mode: 0o755 });
    at.repository.git("config", "gpg.program", String(program));
    at.repository.git("config", "log.showSignature", "true");
    at.inTree("commit", "--quiet", "--allow-empty", "--gpg-sign", "--message", "signed");
    expect(at.remove()).toEqual(["removed"]);
    expect(existsSync(String(marker))).toBe(false);
  },
);

test("repositories of submodules keep it; a submodule that is not checked out does not", () => {
  const rig = worktreeRig();
  const { repository } = rig;
  const inner = worktreeRig().repository.root;
  repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub");
  repository.commit();
  const at = tree(rig);
  at.inTree("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init");
  expect(at.remove()).toEqual(["SYM7626"]);
  // Its own git is not started: it would do what its configuration says.
  const marker = join(repository.home, "ran");
  writeFileSync(join(at.path, "sub/.gitattributes"), "* filter=x\n");
  writeFileSync(join(at.path, "sub/src/a.py"), "changed\n");
  execFileSync("git", ["config", "filter.x.clean", `touch '${marker}'; cat`], {
    cwd: join(at.path, "sub"),
    env: repository.env,
  });
  expect(at.remove()).toEqual(["SYM7626"]);
  expect(existsSync(marker)).toBe(false);
  expect(at.inTree("status", "--porcelain")).not.toBe("");
  expect(existsSync(marker)).toBe(true);
  at.inTree("submodule", "--quiet", "deinit", "--force", "--all");
  rmSync(join(at.gitDir, "modules"), { recursive: true });
  expect(at.remove()).toEqual(["removed"]);
});

test("nothing is removed that was not made here: the main tree, others' trees, names nobody knows", () => {
  const { repository, open, known, recordFile } = worktreeRig();
  const other = join(temporaryFolder(), "x");
  repository.git("worktree", "add", "--quiet", "--detach", other);
  for (const id of ["x", "main", "repository"]) {
    using lease = unwrap(takeLease(open(), id));
    expect(removed(open(), lease)).toEqual(["SYM7627"]);
  }
  const made = ensured(open(), "a");
  const own = readFileSync(recordFile("a"), "utf8");
  // Records of what was not made.
  for (const [id, path, code] of [
    ["x", other, "SYM7629"],
    ["repository", repository.root, "SYM7613"],
  ] as const) {
    writeFileSync(recordFile(id), own.replaceAll(made.path, path).replaceAll('"a"', `"${id}"`));
    const lease = unwrap(takeLease(open(), id));
    expect(removed(open(), lease)).toEqual([code]);
    lease.release();
  }
  expect(existsSync(join(repository.root, "src/a.py")) && existsSync(other)).toBe(true);
  expect(known()).toContain(other);
});

test("one that the user made in the place of ours is kept", () => {
  const at = tree();
  at.repository.git("worktree", "remove", at.path);
  at.repository.git("worktree", "add", "--quiet", at.path, "issue/a");
  expect(at.remove()).toEqual(["SYM7629"]);
  at.lease.release();
  expect(refused(at.worktrees, "a")).toBe("SYM7629");
  expect(existsSync(at.path)).toBe(true);
});

test("the folder of a worktree that became a link leads to no removal", () => {
  const at = tree();
  const victim = join(dirname(at.repository.root), "victim");
  mkdirSync(victim);
  writeFileSync(join(victim, "file"), "");
  rmSync(at.path, { recursive: true });
  symlinkSync(victim, at.path, "junction");
  expect(at.remove()).toEqual(["SYM7612"]);
  expect(entries(victim)).toEqual(["file"]);
});

test("a folder above a worktree that became a link leads to no removal", () => {
  const at = tree();
  const away = join(dirname(at.repository.root), "away");
  renameSync(dirname(at.path), away);
  symlinkSync(away, dirname(at.path), "junction");
  expect(at.remove()).toEqual(["SYM7612"]);
  expect(entries(join(away, "a"))).toContain("src");
});

test("links in a worktree are removed, and what they lead to is not", () => {
  const at = tree();
  const victim = join(dirname(at.repository.root), "victim");
  mkdirSync(victim);
  writeFileSync(join(victim, "file"), "");
  symlinkSync(victim, join(at.path, "node_modules"), "junction");
  at.write(".gitignore", "node_modules\n");
  at.inTree("commit", "--quiet", "--all", "--message", "ignore");
  expect(at.remove()).toEqual(["removed"]);
  expect(entries(victim)).toEqual(["file"]);
});
