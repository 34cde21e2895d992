import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A real git repository in a temporary folder of its own, which goes away with it. */
export interface TestRepository extends Disposable {
  readonly root: string;
  /** The environment for git: a home of its own, so that no setting of this machine counts. */
  readonly env: Readonly<Record<string, string>>;
  git(...args: readonly string[]): string;
  write(files: Readonly<Record<string, string>>): void;
  /** A file whose name is given in bytes. */
  writeBytes(name: Buffer, text: string): void;
  link(path: string, target: string): void;
  remove(...paths: readonly string[]): void;
  /** Commits everything that is there; gives back the commit's id. */
  commit(message?: string): string;
}

const TIME = "2026-01-01T00:00:00Z";

/** The variables that git needs, with `home` for a home. */
export function testEnvironment(home: string): Record<string, string> {
  const identity = {
    GIT_AUTHOR_NAME: "T",
    GIT_AUTHOR_EMAIL: "t@example.org",
    GIT_COMMITTER_NAME: "T",
    GIT_COMMITTER_EMAIL: "t@example.org",
  };
  const { PATH = "", SystemRoot } = process.env;
  const system = SystemRoot === undefined ? {} : { SystemRoot };
  return {
    PATH,
    HOME: home,
    USERPROFILE: home,
    ...system,
    ...identity,
    GIT_AUTHOR_DATE: TIME,
    GIT_COMMITTER_DATE: TIME,
    GIT_CONFIG_NOSYSTEM: "1",
  };
}

/** A new repository on the branch `main`, without a commit. */
export function createRepository(): TestRepository {
  const folder = makeFolder();
  const root = join(folder, "repository");
  mkdirSync(root);
  const repository = at(root, folder);
  repository.git("init", "-q", "-b", "main");
  return repository;
}

/** A clone of `origin` through the file transport, so that `--depth` works. */
export function cloneRepository(origin: TestRepository, ...options: readonly string[]): TestRepository {
  const folder = makeFolder();
  const root = join(folder, "clone");
  const url = `file://${origin.root.replaceAll("\\", "/")}`;
  execFileSync("git", ["clone", "-q", ...options, url, root], {
    env: testEnvironment(folder),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return at(root, folder);
}

/** A work tree that is there already, as a test repository; `folder` is removed with it. */
export function at(root: string, folder: string): TestRepository {
  const env = testEnvironment(folder);
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] })
      .toString("utf8")
      .trimEnd();
  const place = (path: string): string => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  return {
    root,
    env,
    git,
    write: (files) => {
      for (const [path, text] of Object.entries(files)) writeFileSync(place(path), text);
    },
    writeBytes: (name, text) => writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), text),
    link: (path, target) => symlinkSync(target, place(path)),
    remove: (...paths) => {
      for (const path of paths) rmSync(join(root, path), { recursive: true });
    },
    commit: (message = "change") => {
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", message);
      return git("rev-parse", "HEAD");
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function makeFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-git-")));
}
