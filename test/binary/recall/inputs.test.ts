import {
  chmodSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import type { TestRepository } from "../../support/repository.ts";
import { createRecallRepository, takeSteps } from "../../support/recall-rig.ts";

const at = ({ root }: TestRepository, path: string): string => join(root, path);

/** Writes other bytes and puts the times back: only the time of the change itself tells. */
function editUnseen(repository: TestRepository, path: string, text: string): void {
  const { atime, mtime } = statSync(at(repository, path));
  writeFileSync(at(repository, path), text);
  utimesSync(at(repository, path), atime, mtime);
}

test("an edit of what a run read, however it is made, is told as the whole way tells it", async () => {
  using repository = createRecallRepository();
  await takeSteps(repository, [
    { name: "an edit", change: (r) => r.write({ "lib/src/a.txt": "bad a\n" }), isRecalled: false },
    { name: "an edit that is undone", change: (r) => r.write({ "lib/src/a.txt": "a\n" }), isRecalled: false },
    { name: "the same size and times", change: (r) => editUnseen(r, "lib/src/a.txt", "b\n"), isRecalled: false },
    { name: "a setting", change: (r) => r.write({ "lib/settings.json": '{ "a": 1 }\n' }), isRecalled: false },
    { name: "a manifest", change: (r) => r.write({ "app/project.json": '{ "name": "app" }\n' }), isRecalled: false },
    {
      name: "another file of the same bytes in its place",
      change: (r) => {
        r.write({ "other.local": "main\n" });
        renameSync(at(r, "other.local"), at(r, "app/src/main.txt"));
      },
      isRecalled: true,
    },
    {
      name: "touched",
      change: (r) => utimesSync(at(r, "app/src/main.txt"), new Date(), new Date()),
      isRecalled: true,
    },
    {
      name: "all touched",
      change: (r) =>
        r
          .git("ls-files")
          .split("\n")
          .forEach((path) => utimesSync(at(r, path), 1, 1)),
      isRecalled: true,
    },
  ]);
});

test("files that come and go are told of as the whole way tells of them", async () => {
  using repository = createRecallRepository();
  await takeSteps(repository, [
    { name: "an untracked input", change: (r) => r.write({ "lib/src/new.txt": "bad new\n" }), isRecalled: false },
    { name: "it is added", change: (r) => r.git("add", "lib/src/new.txt"), isRecalled: false },
    { name: "a tracked input is deleted", change: (r) => r.remove("lib/src/new.txt"), isRecalled: false },
    { name: "it comes back", change: (r) => r.git("checkout", "--", "lib/src/new.txt"), isRecalled: false },
    { name: "no longer tracked", change: (r) => r.git("rm", "-q", "--cached", "lib/src/new.txt"), isRecalled: false },
    { name: "a name in capitals", change: (r) => r.git("mv", "lib/src/a.txt", "lib/src/A.txt"), isRecalled: false },
    { name: "a file that nothing reads is deleted", change: (r) => r.remove("README.md"), isRecalled: false },
    {
      name: "a folder in its place",
      change: (r) => mkdirSync(at(r, "README.md")),
      undo: (r) => {
        rmSync(at(r, "README.md"), { recursive: true });
      },
      isRecalled: false,
    },
    { name: "it is back", change: (r) => r.git("checkout", "--", "README.md"), isRecalled: false },
    {
      name: "an untracked file that nothing reads",
      change: (r) => r.write({ "lib/more.md": "more\n" }),
      isRecalled: false,
    },
    { name: "an ignored file that is named", change: (r) => r.write({ "secret.local": "1\n" }), isRecalled: false },
    { name: "other bytes in it", change: (r) => r.write({ "secret.local": "2\n" }), isRecalled: false },
    { name: "it is gone", change: (r) => r.remove("secret.local"), isRecalled: false },
    { name: "an ignored setting", change: (r) => r.write({ "settings.local": "1\n" }), isRecalled: false },
    {
      name: "an ignored file that nobody asks for",
      change: (r) => r.write({ "lib/x.local": "1\n" }),
      isRecalled: true,
    },
    { name: "an empty folder", change: (r) => mkdirSync(at(r, "lib/src/empty")), isRecalled: true },
    { name: "a commit", change: (r) => r.git("commit", "-qam", "all"), isRecalled: true },
  ]);
});

test.runIf(process.platform !== "win32")(
  "modes, links and folders in a file's place are told as the whole way tells them",
  async () => {
    using repository = createRecallRepository({ "lib/unread.bin": "1\n" });
    const link =
      (path: string, target: string) =>
      (r: TestRepository): void => {
        rmSync(at(r, path), { recursive: true });
        symlinkSync(target, at(r, path));
      };
    const back =
      (path: string) =>
      (r: TestRepository): void => {
        rmSync(at(r, path), { recursive: true });
        r.git("checkout", "--", path);
      };
    await takeSteps(repository, [
      { name: "executable", change: (r) => chmodSync(at(r, "lib/src/a.txt"), 0o755), isRecalled: false },
      { name: "writable for the group", change: (r) => chmodSync(at(r, "lib/src/a.txt"), 0o775), isRecalled: true },
      {
        name: "a link to the same bytes",
        change: (r) => {
          r.write({ "same.local": "b\n" });
          link("lib/src/b.txt", "../../same.local")(r);
        },
        undo: back("lib/src/b.txt"),
        isRecalled: false,
      },
      {
        name: "a folder in an input's place",
        change: (r) => {
          rmSync(at(r, "lib/src/b.txt"));
          mkdirSync(at(r, "lib/src/b.txt"));
        },
        undo: back("lib/src/b.txt"),
        isRecalled: false,
      },
      {
        name: "a folder that is a link to the same files",
        change: (r) => {
          renameSync(at(r, "lib/src"), at(r, "moved.local"));
          symlinkSync("../moved.local", at(r, "lib/src"));
        },
        undo: (r) => {
          rmSync(at(r, "lib/src"));
          renameSync(at(r, "moved.local"), at(r, "lib/src"));
        },
        isRecalled: false,
      },
      {
        name: "an untracked link to a folder in the place of a file that nothing reads",
        change: (r) => {
          r.git("rm", "-q", "--cached", "lib/unread.bin");
          link("lib/unread.bin", "src")(r);
        },
        undo: (r) => {
          rmSync(at(r, "lib/unread.bin"));
          r.write({ "lib/unread.bin": "1\n" });
          r.git("add", "lib/unread.bin");
        },
        isRecalled: false,
      },
    ]);
    if (!lstatSync(at(repository, "lib/src")).isDirectory()) throw new Error("the last steps were not undone");
  },
);

test("an untracked file that nothing reads and that becomes a link to a folder brings inputs with it", async () => {
  using repository = createRecallRepository();
  repository.write({ "lib/src/linked": "1\n", "shared/x.txt": "bad x\n" });
  await takeSteps(repository, [
    {
      name: "a link in its place",
      change: (r) => {
        rmSync(at(r, "lib/src/linked"));
        symlinkSync("../../shared", at(r, "lib/src/linked"), "junction");
      },
      isRecalled: false,
    },
  ]);
});
