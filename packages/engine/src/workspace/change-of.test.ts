import { expect, test } from "vitest";
import { createRepository, type TestRepository } from "../../test/support/test-repository.ts";
import { changeOf } from "./change-of.ts";
import { detectBase, type BaseOptions } from "./git/base.ts";
import { changedFiles, type Changes } from "./git/changes.ts";
import { openRepository, type Repository } from "./git/repository.ts";
import { textsOfChange } from "./texts-of-change.ts";

interface Compared {
  readonly repository: Repository;
  readonly changes: Changes;
}

function compared({ root, env }: TestRepository, options: Partial<BaseOptions> = {}): Compared {
  const opened = openRepository(root, env);
  if (!opened.ok) throw new Error(opened.error.message);
  const base = detectBase(opened.value, { env: {}, ...options });
  const changes = base.ok ? changedFiles(opened.value, base.value) : base;
  if (!changes.ok) throw new Error(changes.error.message);
  return { repository: opened.value, changes: changes.value };
}

/** `status path lines`, a line each. */
function lines({ repository, changes }: Compared): string[] {
  const change = changeOf(repository, changes, changes.upTo);
  if (!change.ok) throw new Error(change.error.message);
  return change.value.files.map(({ path, status, lines: ranges, from }) => {
    return [status, path, ranges, ...(from === undefined ? [] : [`<- ${from}`])].join(" ");
  });
}

function branched(): TestRepository {
  const repository = createRepository();
  repository.write({ "a b.py": "1\n2\n3\n4\n", "moved.py": "1\n2\n3\n", "gone.py": "1\n", "data.bin": "\0\0\n" });
  repository.commit();
  repository.git("checkout", "-q", "-b", "feature");
  return repository;
}

test("lines that are new or other are named: committed, not committed, and all of what git does not know yet", () => {
  using repository = branched();
  repository.write({ "a b.py": "1\nX\n3\n4\n5\n" });
  repository.commit();
  repository.write({
    "a b.py": "1\nX\n3\nY\n5\n",
    "new.py": "1\n2\n",
    "no end.py": "1\n2",
    "empty.py": "",
    "data.bin": "\0\n\0\n",
  });
  repository.git("rm", "-q", "gone.py");
  repository.git("mv", "moved.py", "to.py");
  expect(lines(compared(repository))).toEqual([
    "modified a b.py 2,4-5",
    "modified data.bin ",
    "added empty.py ",
    "deleted gone.py ",
    "deleted moved.py ",
    "added new.py 1-2",
    "added no end.py 1-2",
    "modified to.py  <- moved.py",
  ]);
});

test("up to a commit, what came after it does not count", () => {
  using repository = branched();
  repository.write({ "a b.py": "X\n2\n3\n4\n" });
  const commit = repository.commit();
  repository.write({ "a b.py": "X\n2\n3\nY\n" });
  expect(lines(compared(repository, { head: commit }))).toEqual(["modified a b.py 1"]);
});

test("the texts of a change are those of its base and those of now, a renamed file is one", () => {
  using repository = branched();
  repository.write({ "a b.py": "X\n", "new.py": "N\n" });
  repository.git("mv", "moved.py", "to.py");
  repository.git("rm", "-q", "gone.py");
  const { repository: opened, changes } = compared(repository);
  const texts = { root: "", source: (path: string) => ({ path, text: `now ${path}` }) };
  const found = textsOfChange({ repository: opened, texts }, changes, (path) => path.endsWith(".py"));
  expect(found).toEqual({
    ok: true,
    value: [
      { path: "a b.py", before: "1\n2\n3\n4\n", after: "now a b.py" },
      { path: "gone.py", before: "1\n" },
      { path: "new.py", after: "now new.py" },
      { path: "to.py", from: "moved.py", before: "1\n2\n3\n", after: "now to.py" },
    ],
  });
});
