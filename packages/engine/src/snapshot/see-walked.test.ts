import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRepository, type TestRepository } from "../../test/support/test-repository.ts";
import { openRepository } from "../workspace/git/repository.ts";
import { seeWalked, type SeenWalked } from "./see-walked.ts";

function walked({ root }: TestRepository, files: readonly string[]): SeenWalked | undefined {
  const environment = { ...process.env, HOME: join(root, ".git"), XDG_CONFIG_HOME: undefined };
  const opened = openRepository(root, environment);
  if (!opened.ok) throw new Error(opened.error.message);
  return seeWalked({ repository: opened.value, files, environment, startedAt: Date.now() + 3_600_000 });
}

const foldersOf = (seen: SeenWalked | undefined): string[] | undefined =>
  seen?.seen.flatMap(({ path, kind }) => (kind === "walked" ? [path] : []));

test.skipIf(process.platform === "win32")(
  "git looks into folders with files and into bare ones, not into what is ignored or ours",
  () => {
    using repository = createRepository();
    repository.write({
      ".gitignore": "dist/\n",
      "a/src/x": "1",
      "a/dist/sub/y": "2",
      ".symbiotic/runs/z": "3",
      "artifacts/r": "4",
    });
    repository.write({ "venv/.gitignore": "*\n", "venv/lib/w": "5" });
    mkdirSync(join(repository.root, "bare/inner"), { recursive: true });
    const seen = walked(repository, [".gitignore", "a/src/x"]);
    expect(foldersOf(seen)).toEqual([".", "a", "a/src", "bare", "bare/inner", "venv"]);
    expect(seen?.ignored).toEqual(["a/dist", "venv/lib"]);
    const rules = seen?.seen.flatMap(({ path, kind }) => (kind === "file" && !path.startsWith("/") ? [path] : []));
    expect(rules).toEqual([".gitignore", "venv/.gitignore"]);
  },
);

test("another repository in the work tree is left to git", () => {
  using repository = createRepository();
  repository.write({ "a/x": "1" });
  mkdirSync(join(repository.root, "other/.git"), { recursive: true });
  expect(walked(repository, ["a/x"])).toBeUndefined();
});

test("a folder that goes while git is asked leaves the rest of the run alone", () => {
  using repository = createRepository();
  repository.write({ "a/x": "1" });
  const bare = join(repository.root, "bare");
  mkdirSync(bare);
  const environment = { ...process.env, HOME: join(repository.root, ".git") };
  const opened = openRepository(repository.root, environment);
  if (!opened.ok) throw new Error(opened.error.message);
  const { root, commonDir, git } = opened.value;
  const removing: typeof git = (args, options) => {
    const answer = git(args, options);
    if (args.includes("check-ignore")) rmSync(bare, { recursive: true });
    return answer;
  };
  const place = { environment, files: ["a/x"], startedAt: Date.now() + 3_600_000 };
  expect(seeWalked({ ...place, repository: { root, commonDir, git: removing } })).toBeUndefined();
});
