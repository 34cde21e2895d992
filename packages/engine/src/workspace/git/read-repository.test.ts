import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRepository, type TestRepository } from "../../../test/support/test-repository.ts";
import { readRepository } from "./read-repository.ts";
import { openByGit } from "./repository.ts";

const UNIX = process.platform !== "win32";

/** What git tells of the repository around a folder. */
function toldByGit(cwd: string, env: Readonly<Record<string, string>>): unknown {
  const told = openByGit(cwd, env);
  if (!told.ok) return undefined;
  const { root, gitDir, commonDir, head, branch, shallow } = told.value;
  return { root, gitDir, commonDir, head, branch, shallow };
}

interface Made {
  readonly repository: TestRepository;
  readonly head: string;
}

/** Changes a repository of one commit; where it gives a text, that is the folder to start in. */
type Change = (made: Made) => unknown;

function startOf(change: Change, all: Made): string {
  const given = change(all);
  return typeof given === "string" ? given : all.repository.root;
}

/** What is read must be what git tells. */
const READ: Readonly<Record<string, Change>> = {
  "as it was made": () => undefined,
  "from a folder in it": ({ repository }) => join(repository.root, "a/b"),
  "through a link": ({ repository }) => {
    symlinkSync(join(repository.root, "a"), `${repository.root}.link`);
    return `${repository.root}.link/b`;
  },
  "with its references packed": ({ repository }) => void repository.git("pack-refs", "--all"),
  "with a packed reference that was moved": ({ repository }) => {
    repository.git("pack-refs", "--all");
    repository.write({ more: "1" });
    repository.commit();
  },
  "on another branch": ({ repository }) => void repository.git("checkout", "--quiet", "-b", "feature/a.b"),
  "with a branch whose name ends like this one's": ({ repository }) => {
    repository.git("branch", "x/main");
    repository.git("pack-refs", "--all");
  },
  "with HEAD detached": ({ repository }) => void repository.git("checkout", "--quiet", "--detach"),
  "with remotes and further settings": ({ repository }) => {
    repository.git("remote", "add", "origin", "https://example.org/x.git");
    repository.git("config", "user.name", "Somebody");
    repository.git("config", "core.bare", "false");
  },
};

/** What is not read is left to git, whatever that says. */
const LEFT: Readonly<Record<string, Change>> = {
  "before the first commit": ({ repository }) => void repository.git("checkout", "--quiet", "--orphan", "empty"),
  "in a linked work tree": ({ repository }) => {
    repository.git("worktree", "add", "--quiet", "-b", "other", `${repository.root}.linked`);
    return `${repository.root}.linked`;
  },
  "in the git directory": ({ repository }) => join(repository.root, ".git"),
  "in a folder of the git directory": ({ repository }) => join(repository.root, ".git/refs"),
  "in a bare repository": ({ repository }) => {
    execFileSync("git", ["clone", "--quiet", "--bare", repository.root, join(repository.root, "bare.git")]);
    return join(repository.root, "bare.git");
  },
  "with a bare repository of settings": ({ repository }) => void repository.git("config", "core.bare", "true"),
  "with a bare one by a word alone": ({ repository }) => {
    writeFileSync(join(repository.root, ".git/config"), "[core]\n\trepositoryformatversion = 0\n\tbare\n");
  },
  "with its work tree elsewhere": ({ repository }) => {
    mkdirSync(`${repository.root}.tree`);
    repository.git("config", "core.worktree", `${repository.root}.tree`);
  },
  "with extensions": ({ repository }) => {
    repository.git("config", "core.repositoryFormatVersion", "1");
    repository.git("config", "extensions.worktreeConfig", "true");
  },
  "of a format that nobody knows": ({ repository }) =>
    void repository.git("config", "core.repositoryFormatVersion", "9"),
  "with settings from elsewhere": ({ repository }) => {
    writeFileSync(`${repository.root}.more`, "[core]\n\tworktree = /\n");
    repository.git("config", "include.path", `${repository.root}.more`);
  },
  "with settings by condition": ({ repository }) =>
    void repository.git("config", "includeIf.onbranch:main.path", "more"),
  shallow: ({ repository, head }) => writeFileSync(join(repository.root, ".git/shallow"), `${head}\n`),
  "with a link for HEAD": ({ repository }) => {
    const head = join(repository.root, ".git/HEAD");
    rmSync(head);
    symlinkSync("refs/heads/main", head);
  },
  "with a branch that is another one's name": ({ repository }) => {
    repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/main");
    repository.git("symbolic-ref", "HEAD", "refs/heads/alias");
  },
  "with a torn reference": ({ repository }) => writeFileSync(join(repository.root, ".git/refs/heads/main"), "0123\n"),
  "with a HEAD that leads out": ({ repository }) =>
    writeFileSync(join(repository.root, ".git/HEAD"), "ref: refs/heads/../../HEAD\n"),
  "with no objects": ({ repository }) =>
    renameSync(join(repository.root, ".git/objects"), join(repository.root, ".git/gone")),
  "with a git directory of another user": ({ repository }) => chownSync(join(repository.root, ".git"), 12_345, 12_345),
  "in a folder of another user": ({ repository }) => chownSync(repository.root, 12_345, 12_345),
  "with a link for the git directory": ({ repository }) => {
    renameSync(join(repository.root, ".git"), `${repository.root}.git`);
    symlinkSync(`${repository.root}.git`, join(repository.root, ".git"));
  },
};

function made(): Made & Disposable {
  const repository = createRepository();
  repository.write({ "a/b/c.txt": "c" });
  const head = repository.commit();
  return {
    repository,
    head,
    [Symbol.dispose]() {
      for (const more of ["link", "linked", "tree", "more", "git"])
        rmSync(`${repository.root}.${more}`, { recursive: true, force: true });
      repository[Symbol.dispose]();
    },
  };
}

describe.runIf(UNIX)("a repository is read as git tells of it", () => {
  test.each(Object.entries(READ))("%s", (_, change) => {
    using all = made();
    const cwd = startOf(change, all);
    const read = readRepository(cwd);
    expect(read).toBeDefined();
    expect(read).toEqual(toldByGit(cwd, all.repository.env));
  });
});

describe.runIf(UNIX)("a repository of another form is left to git", () => {
  test.each(Object.entries(LEFT))("%s", (_, change) => {
    using all = made();
    expect(readRepository(startOf(change, all))).toBeUndefined();
  });

  test("outside of any", () => {
    expect(readRepository("/")).toBeUndefined();
    expect(readRepository("/nowhere/at/all")).toBeUndefined();
  });
});
