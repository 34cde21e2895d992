import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Summary } from "../../support/record.ts";
import { compare, createRecallRepository, snapshotsOf, start, takeSteps, tell } from "../../support/recall-rig.ts";
import type { TestRepository } from "../../support/repository.ts";

const at = ({ root }: TestRepository, path: string): string => join(root, path);
const records = (r: TestRepository): string[] =>
  readdirSync(at(r, ".git/symbiotic/records")).map((name) => at(r, `.git/symbiotic/records/${name}`));

/** The blobs with long evidence in them. */
function evidence(r: TestRepository): string[] {
  const folder = at(r, ".git/symbiotic/blobs");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  return files.filter((file) => statSync(file).isFile() && readFileSync(file, "utf8").includes('"findings"'));
}

function flip(file: string): void {
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

test("a cache that was cleared or damaged is told of as the whole way tells of it", async () => {
  using repository = createRecallRepository();
  const options = { env: { X_COUNT: "100" } };
  await takeSteps(repository, [
    {
      name: "records touched",
      change: (r) => records(r).forEach((file) => utimesSync(file, 1, 1)),
      isRecalled: true,
      options,
    },
    { name: "a bit of each record", change: (r) => records(r).forEach(flip), isRecalled: false, options },
    {
      name: "cleared",
      change: (r) => {
        for (const name of ["records", "blobs"]) rmSync(at(r, `.git/symbiotic/${name}`), { recursive: true });
      },
      isRecalled: false,
      options,
    },
    { name: "a record file is gone", change: (r) => rmSync(records(r)[0] ?? ""), isRecalled: false, options },
    { name: "a record file is cut", change: (r) => truncateSync(records(r)[0] ?? "", 40), isRecalled: false, options },
    { name: "a record file is empty", change: (r) => truncateSync(records(r)[0] ?? "", 0), isRecalled: false, options },
    {
      name: "evidence is gone",
      change: (r) => evidence(r).forEach((file) => rmSync(file)),
      isRecalled: false,
      options,
    },
    {
      name: "evidence is cut",
      change: (r) => evidence(r).forEach((file) => truncateSync(file, 100)),
      isRecalled: false,
      options,
    },
    { name: "a bit of evidence", change: (r) => evidence(r).forEach(flip), isRecalled: false, options },
    {
      name: "evidence touched",
      change: (r) => evidence(r).forEach((file) => utimesSync(file, 1, 1)),
      isRecalled: true,
      options,
    },
    {
      name: "memos gone",
      change: (r) => rmSync(at(r, ".git/symbiotic/memos"), { recursive: true }),
      isRecalled: true,
      options,
    },
    { name: "history gone", change: (r) => rmSync(at(r, ".git/symbiotic/history.frames")), isRecalled: true, options },
  ]);
});

test("damage that every run reports is reported by every run", async () => {
  using repository = createRecallRepository();
  await tell(repository);
  for (const file of records(repository)) {
    // The newest line of each record is damaged; an older one of the same record is whole.
    const text = readFileSync(file, "latin1");
    writeFileSync(file, `${text}${text.replace('"status":"ok"', '"status":"OK"')}`, "latin1");
  }
  for (const time of ["first", "second", "third"]) {
    const { stderr, isRecalled } = await tell(repository);
    expect(stderr, time).toContain("SYM6004");
    expect(isRecalled, time).toBe(false);
  }
});

test("a snapshot that is damaged, cut, another's or moved is none", async () => {
  using repository = createRecallRepository();
  await tell(repository);
  const damages: readonly ((file: string) => void)[] = [
    flip,
    (file) => truncateSync(file, 0),
    (file) => truncateSync(file, 60),
    (file) => writeFileSync(file, "SYMSNAP4"),
    (file) => writeFileSync(file, readFileSync(file).fill(0, 8, 40)),
  ];
  for (const damage of damages) {
    expect((await tell(repository)).isRecalled).toBe(true);
    snapshotsOf(repository).forEach(damage);
    const { first, here, whole } = await compare(repository);
    expect(first.isRecalled).toBe(false);
    expect(here).toEqual(whole);
  }
  const [file = ""] = snapshotsOf(repository);
  const other = await tell(repository, { args: ["run", "make"] });
  expect(other.isRecalled).toBe(false);
  for (const each of snapshotsOf(repository)) if (each !== file) writeFileSync(each, readFileSync(file));
  expect((await tell(repository, { args: ["run", "make"] })).isRecalled).toBe(false);
  using copy = repository.copy();
  expect(snapshotsOf(copy)).not.toEqual([]);
  expect((await tell(copy)).isRecalled).toBe(false);
});

test("command lines that ask for more than a look are never told from a snapshot", async () => {
  using repository = createRecallRepository();
  const never = [
    ["--force"],
    ["--no-cache"],
    ["--affected", "--base", "HEAD"],
    ["--output-logs", "full"],
    ["--dry-run"],
  ];
  await tell(repository);
  for (const more of never)
    for (const time of ["first", "second"])
      expect(
        (await tell(repository, { args: ["run", "all", ...more] })).isRecalled,
        `${more.join(" ")} ${time}`,
      ).not.toBe(true);
  const own = [
    ["--filter", "lib"],
    ["--exclude", "lib"],
    ["--concurrency", "1"],
    ["--output-logs", "none"],
    ["--continue"],
  ];
  for (const more of own) {
    const args = ["run", "all", ...more];
    expect((await tell(repository, { args })).isRecalled, more.join(" ")).toBe(false);
    const { first, here, whole } = await compare(repository, { args });
    expect(first.isRecalled, more.join(" ")).toBe(true);
    expect(here).toEqual(whole);
  }
});

test("two runs at once are both told", async () => {
  using repository = createRecallRepository();
  await tell(repository);
  const args = ["run", "all", "--json"];
  await tell(repository, { args });
  const both = await Promise.all([start(repository, { args }).ended, start(repository, { args }).ended]);
  const [one, other] = both.map(({ exitCode, stdout }) => ({ exitCode, tasks: (JSON.parse(stdout) as Summary).tasks }));
  expect(one?.exitCode).toBe(1);
  expect(one?.tasks).toHaveLength(6);
  expect(other).toEqual(one);
  expect((await tell(repository, { args })).isRecalled).toBe(true);
});

test.runIf(process.platform !== "win32")(
  "a signal while git still lists ends the run as it ends any other",
  async () => {
    using repository = createRecallRepository();
    await tell(repository);
    const bin = join(repository.home, "bin");
    const said = join(repository.home, "said");
    mkdirSync(bin);
    execFileSync("mkfifo", [said]);
    // This git says that it was asked for the first list, and answers when it is told to; later it is the real one.
    const git = `#!/bin/sh\nPATH=\${PATH#*:}\nif [ -p ${said} ]; then mv ${said} ${said}.taken; echo asked > ${said}.taken; cat ${said}.taken; fi\nexec git "$@"\n`;
    writeFileSync(join(bin, "git"), git, { mode: 0o755 });
    const running = start(repository, { env: { PATH: `${bin}:${repository.env["PATH"] ?? ""}` } });
    expect(readFileSync(said, "utf8")).toBe("asked\n");
    process.kill(running.pid, "SIGINT");
    writeFileSync(`${said}.taken`, "");
    expect((await running.ended).exitCode).toBe(130);
  },
);
