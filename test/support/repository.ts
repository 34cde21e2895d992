import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT, SLIM_ZOD, TEST_PATH } from "./places.ts";

/** Texts by path, relative to the repository root. */
export type Files = Readonly<Record<string, string>>;

/** A real git repository in a temporary folder, with a home of its own; both go away with it. */
export interface TestRepository extends Disposable {
  /** Absolute, real. */
  readonly root: string;
  readonly home: string;
  /** The whole environment of what is started in it: nothing of this machine's settings. */
  readonly env: Readonly<Record<string, string>>;
  git(...args: readonly string[]): string;
  write(files: Files): void;
  read(path: string): string;
  remove(...paths: readonly string[]): void;
  /** Commits everything that is there; gives back the commit's id. */
  commit(message?: string): string;
  /** A copy of the whole folder at another place, with the same home. */
  copy(): TestRepository;
  /** A clone, as CI makes one. */
  clone(...options: readonly string[]): TestRepository;
  /** The folders of the runs so far, absolute, oldest first. */
  runs(): readonly string[];
}

/** A repository on branch `main` whose first commit holds `files`. */
export function createRepository(files: Files): TestRepository {
  const folder = temporaryFolder();
  const root = join(folder, "repository");
  mkdirSync(root);
  mkdirSync(join(folder, "home"));
  const repository = at(root, join(folder, "home"), folder);
  repository.git("init", "--quiet", "--initial-branch=main");
  repository.write(files);
  repository.commit("first");
  return repository;
}

/** A clone of a repository that lies at a path, at one of its commits on branch `main`, with no remote. */
export function cloneRepository(source: string, commit: string): TestRepository {
  const folder = temporaryFolder();
  const root = join(folder, "repository");
  mkdirSync(join(folder, "home"));
  execFileSync("git", ["clone", "--quiet", "--no-checkout", source, root], { stdio: ["ignore", "pipe", "pipe"] });
  const repository = at(root, join(folder, "home"), folder);
  repository.git("checkout", "--quiet", "-B", "main", commit);
  repository.git("remote", "remove", "origin");
  return repository;
}

/** Lets a repository's configuration import the engine, its plugins and zod, as if they were installed there. */
export function linkPackages(root: string): void {
  const scope = join(root, "node_modules/@symbiotic-build");
  mkdirSync(scope, { recursive: true });
  for (const name of readdirSync(join(ROOT, "packages")))
    symlinkSync(join(ROOT, "packages", name), join(scope, name), "junction");
  symlinkSync(SLIM_ZOD, join(root, "node_modules/zod"), "junction");
}

/** A folder that is in no repository. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-test-")));
}

function at(root: string, home: string, folder: string): TestRepository {
  const env = environment(home);
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] })
      .toString("utf8")
      .trimEnd();
  return {
    root,
    home,
    env,
    git,
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    read: (path) => readFileSync(join(root, path), "utf8"),
    remove(...paths) {
      for (const path of paths) rmSync(join(root, path), { recursive: true });
    },
    commit(message = "change") {
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", message);
      return git("rev-parse", "HEAD");
    },
    copy() {
      const place = temporaryFolder();
      cpSync(root, join(place, "copy"), { recursive: true, verbatimSymlinks: true });
      return at(join(place, "copy"), home, place);
    },
    clone(...options) {
      const place = temporaryFolder();
      execFileSync(
        "git",
        ["clone", "--quiet", ...options, `file://${root.replaceAll("\\", "/")}`, join(place, "clone")],
        { env, stdio: ["ignore", "pipe", "pipe"] },
      );
      return at(join(place, "clone"), home, place);
    },
    runs: () => runsIn(join(root, ".symbiotic/runs")),
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** By the time in their first event: ids of one second are in no order. */
function runsIn(folder: string): string[] {
  const runs = readdirSync(folder).map((name) => {
    const [first = "{}"] = readFileSync(join(folder, name, "events.jsonl"), "utf8").split("\n");
    const { event } = JSON.parse(first) as { readonly event: { readonly startedAt: string } };
    return { path: join(folder, name), at: event.startedAt };
  });
  return runs.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).map(({ path }) => path);
}

const TIME = "2026-01-01T00:00:00Z";

function environment(home: string): Record<string, string> {
  const system = ["SystemRoot", "ComSpec", "PATHEXT", "TEMP", "TMP", "TMPDIR"].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return {
    ...(Object.fromEntries(system) as Record<string, string>),
    PATH: TEST_PATH,
    HOME: home,
    USERPROFILE: home,
    GIT_AUTHOR_NAME: "T",
    GIT_AUTHOR_EMAIL: "t@example.org",
    GIT_COMMITTER_NAME: "T",
    GIT_COMMITTER_EMAIL: "t@example.org",
    GIT_AUTHOR_DATE: TIME,
    GIT_COMMITTER_DATE: TIME,
    GIT_CONFIG_NOSYSTEM: "1",
  };
}
