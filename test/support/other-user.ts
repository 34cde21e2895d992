import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { BINARY, ROOT } from "./places.ts";
import type { TestRepository } from "./repository.ts";
import type { Ran } from "./binary.ts";

/** A checkout of another user of the machine, who has a home and nothing else. */
export interface UserCheckout {
  readonly uid: number;
  /** Absolute. */
  readonly root: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs the built binary in it, as the user. */
  symbiotic(...args: readonly string[]): Ran;
  /** Runs any program in it, as the user; throws where it does not end with 0. */
  run(file: string, ...args: readonly string[]): string;
}

/** Where a checkout is made. */
export interface CheckoutPlace {
  readonly uid: number;
  /** Absolute; below a folder that every user may enter. */
  readonly root: string;
}

/**
 * Clones a repository for a real other user, who owns the clone. Only root can start processes as somebody else: where
 * the tests do not run as root this throws, since a test that cannot set up its users proves nothing.
 */
export function checkoutAs({ uid, root }: CheckoutPlace, source: TestRepository, bundle: string): UserCheckout {
  if (process.getuid?.() !== 0) throw new Error("other users cannot be set up: run this test as root");
  const home = `${root}-home`;
  for (const folder of [root, home]) {
    mkdirSync(folder, { recursive: true });
    chownSync(folder, uid, uid);
  }
  const env = { PATH: source.env["PATH"] ?? "", HOME: home, GIT_CONFIG_NOSYSTEM: "1" };
  const start = (file: string, args: readonly string[]): Ran => {
    const done = spawnSync(file, args, { cwd: root, env, uid, gid: uid, encoding: "utf8", maxBuffer: 2 ** 28 });
    if (done.error !== undefined) throw done.error;
    return { exitCode: done.status, signal: done.signal, stdout: done.stdout, stderr: done.stderr };
  };
  const checkout: UserCheckout = {
    ...{ uid, root, home, env },
    symbiotic: (...args) => start(process.execPath, [BINARY, ...args]),
    run(file, ...args) {
      const { exitCode, stdout, stderr } = start(file, args);
      if (exitCode !== 0) throw new Error(`${file} ${args.join(" ")} as user ${String(uid)}: ${stderr}`);
      return stdout;
    },
  };
  if (checkout.run("id", "-u").trim() !== String(uid)) throw new Error("the process does not run as the other user");
  checkout.run("git", "clone", "--quiet", bundle, ".");
  return checkout;
}

/** The whole repository as one file that every user may read: git refuses repositories that belong to somebody else. */
export function bundleOf(repository: TestRepository, file: string): string {
  repository.git("bundle", "create", file, "HEAD", "main");
  chmodSync(file, 0o644);
  return file;
}

/**
 * Makes `.venv` in a checkout: an interpreter that the user may start, with the tests' ruff and pytest. Throws where the
 * machine has none of the version that these were installed for.
 */
export function makeEnvironment(checkout: UserCheckout): void {
  const tests = join(ROOT, ".cache/python");
  const [version = ""] = readdirSync(join(tests, "lib")).filter((name) => name.startsWith("python3."));
  const candidates = [join(tests, "bin/python3"), `/usr/bin/${version}`, `/usr/local/bin/${version}`];
  const python = candidates
    .filter(existsSync)
    .map((file) => realpathSync(file))
    .find((file) => isUsable(file, checkout));
  if (python === undefined) throw new Error(`no ${version} can be started by another user: ${candidates.join(", ")}`);
  checkout.run(python, "-m", "venv", "--without-pip", ".venv");
  const [packages, own] = [`lib/${version}/site-packages`, join(checkout.root, ".venv")];
  cpSync(join(tests, packages), join(own, packages), { recursive: true });
  cpSync(join(tests, "bin/ruff"), join(own, "bin/ruff"));
}

function isUsable(python: string, { uid, root, env }: UserCheckout): boolean {
  return spawnSync(python, ["-c", "import venv"], { cwd: root, env, uid, gid: uid }).status === 0;
}
