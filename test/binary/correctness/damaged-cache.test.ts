import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../../support/binary.ts";
import { tell } from "../../support/recall-rig.ts";
import type { TestRepository } from "../../support/repository.ts";
import { commandRepository, linesIn, run, treeOf } from "./support/commands.ts";
import {
  cacheOf,
  damaged,
  DAMAGES,
  frame,
  readCache,
  recordsIn,
  writeCache,
  type CacheFiles,
} from "./support/damage.ts";

const WANTED = { "out.txt": "100644 made of 1\n", "sub/other.txt": "100644 other\n" };

/** A build with two outputs and a log that is too long to be kept in the record, and a check of what it made. */
function shop(): TestRepository {
  const make = `echo build >> "$HOME/ran"; mkdir -p dist/sub; echo made of $(cat in.txt) > dist/out.txt; echo other > dist/sub/other.txt; seq 1000 2000\n`;
  return commandRepository({
    atoms: {
      build: { command: "sh make.sh", inputs: ["in.txt", "make.sh"], outputs: ["dist"] },
      check: { command: `echo check >> "$HOME/ran"; cat dist/out.txt`, inputs: [], dependsOn: ["build"] },
    },
    files: { "in.txt": "1\n", "make.sh": make },
  });
}

/** The shop after its tasks ran, and all that its cache holds then. */
async function filled(): Promise<{ readonly repository: TestRepository; readonly files: CacheFiles } & Disposable> {
  const repository = shop();
  await run(repository, ["check"]);
  const files = readCache(cacheOf(repository));
  return { repository, files, [Symbol.dispose]: () => repository[Symbol.dispose]() };
}

/** Runs with the logs of hits, and checks that all that is there and all that is said is right. */
async function rightRun(repository: TestRepository, what: string): Promise<string> {
  const ran = await run(repository, ["check", "--output-logs", "full"]);
  expect([what, ran.exitCode, Object.values(ran.ended).map((ended) => ended.split(" ")[0])]).toEqual([
    what,
    0,
    ["ok", "ok"],
  ]);
  expect([what, treeOf(join(repository.root, "dist"))]).toEqual([what, WANTED]);
  expect([what, ran.all]).toEqual([what, expect.stringContaining("| made of 1\n")]);
  const log = ran.all.match(/\| \d{4}\n/g)?.map((line) => Number(line.slice(2)));
  // The log of a hit that is damaged is not shown; it is never shown in parts.
  if (log !== undefined) expect([what, log.length, log[0], log.at(-1)]).toEqual([what, 1001, 1000, 2000]);
  expect([what, ran.all]).not.toEqual([what, expect.stringMatching(/SYM0002|\n {4}at /)]);
  return ran.all;
}

test.each(Object.keys(DAMAGES))(
  "no file of the cache that is %s is served: what it held is made again",
  async (kind) => {
    using place = await filled();
    const { repository, files } = place;
    for (const path of files.keys()) {
      writeCache(cacheOf(repository), damaged(files, path, DAMAGES[kind]?.(path, files)));
      // Without outputs in place all that the records name is needed.
      rmSync(join(repository.root, "dist"), { recursive: true });
      await rightRun(repository, `${path} ${kind}`);
    }
  },
);

test("bytes of an output that are damaged are told of and made again, and the next run is a full hit", async () => {
  using place = await filled();
  const { repository, files } = place;
  const [blob = ""] = recordsIn(files).flatMap(({ record }) => record.outputs.map((output) => output.blob));
  const path = `blobs/${blob.slice(0, 2)}/${blob.slice(2)}`;
  for (const [kind, damage] of Object.entries(DAMAGES)) {
    writeCache(cacheOf(repository), damaged(files, path, damage(path, files)));
    rmSync(join(repository.root, "dist"), { recursive: true });
    const before = linesIn(repository, "ran").length;
    const told = await rightRun(repository, kind);
    expect([kind, told]).toEqual([kind, expect.stringMatching(kind === "deleted" ? /SYM6003/ : /SYM6002/)]);
    expect([kind, linesIn(repository, "ran").slice(before)]).toEqual([kind, ["build"]]);
    rmSync(join(repository.root, "dist"), { recursive: true });
    expect([kind, await rightRun(repository, kind)]).not.toEqual([kind, expect.stringMatching(/SYM\d/)]);
    expect([kind, linesIn(repository, "ran").slice(before)]).toEqual([kind, ["build"]]);
  }
});

test("records that are damaged are told of and made again, and the next run is a full hit", async () => {
  using place = await filled();
  const { repository, files } = place;
  const { path = "" } = recordsIn(files).find(({ record }) => record.task === "root:build") ?? {};
  for (const kind of ["bit-flipped", "replaced by another's", "of an older format"]) {
    writeCache(cacheOf(repository), damaged(files, path, DAMAGES[kind]?.(path, files)));
    const before = linesIn(repository, "ran").length;
    expect([kind, await rightRun(repository, kind)]).toEqual([kind, expect.stringContaining("SYM6004")]);
    expect([kind, linesIn(repository, "ran").slice(before)]).toEqual([kind, ["build"]]);
    await run(repository, ["check"]);
    expect([kind, linesIn(repository, "ran").slice(before)]).toEqual([kind, ["build"]]);
    await symbiotic(repository, ["cache", "verify"]);
    expect([kind, await symbiotic(repository, ["cache", "verify"])]).toMatchObject([kind, { exitCode: 0 }]);
  }
});

test("a record that is whole and is not what this run may use is not used: it is told of, and the task runs", async () => {
  using place = await filled();
  const { repository, files } = place;
  const records = recordsIn(files);
  const build = records.find(({ record }) => record.task === "root:build");
  const check = records.find(({ record }) => record.task === "root:check");
  if (build === undefined || check === undefined) throw new Error("the tasks left no records");
  const outside = (path: string) => ({
    ...build.record,
    outputs: build.record.outputs.map((each) => ({ ...each, path })),
  });
  const forged: Readonly<Record<string, object>> = {
    "of an older format": { ...build.record, v: 0 },
    "of another key": check.record,
    "without its outputs' digests": { ...build.record, outputs: [{ path: "dist/out.txt", mode: "100644", size: 1 }] },
    "with an output outside the repository": outside("../out.txt"),
    "with an output at an absolute path": outside(join(repository.home, "out.txt")),
    "with an output in git's folder": outside(".git/hooks/pre-commit"),
    "with an output that the task does not own": outside("in.txt"),
  };
  for (const [kind, record] of Object.entries(forged)) {
    writeCache(cacheOf(repository), damaged(files, build.path, frame(build.record.key, JSON.stringify(record))));
    const before = linesIn(repository, "ran").length;
    expect([kind, await rightRun(repository, kind)]).toEqual([kind, expect.stringMatching(/SYM600[47]/)]);
    expect([kind, linesIn(repository, "ran").slice(before)]).toEqual([kind, ["build"]]);
    expect([kind, repository.read("in.txt"), treeOf(join(repository.root, "../"))["out.txt"]]).toEqual([
      kind,
      "1\n",
      undefined,
    ]);
  }
});

test("while outputs are in place a full hit reads none of their bytes, and damage shows when they are needed", async () => {
  using place = await filled();
  const { repository } = place;
  for (let times = 0; times < 2; times += 1) await tell(repository, { args: ["run", "check"] });
  const files = readCache(cacheOf(repository));
  const [blob = ""] = recordsIn(files).flatMap(({ record }) => record.outputs.map((output) => output.blob));
  const path = `blobs/${blob.slice(0, 2)}/${blob.slice(2)}`;
  writeFileSync(join(cacheOf(repository), path), DAMAGES["bit-flipped"]?.(path, files) ?? "");
  expect(await tell(repository, { args: ["run", "check"] })).toMatchObject({ exitCode: 0, isRecalled: true });
  expect(treeOf(join(repository.root, "dist"))).toEqual(WANTED);
  repository.remove("dist/out.txt", "dist/sub/other.txt");
  expect(await rightRun(repository, "needed")).toContain("SYM6002");
});

test("a snapshot that is damaged in any way tells nothing: the tasks are looked up as without one", async () => {
  using place = await filled();
  const { repository } = place;
  for (let times = 0; times < 2; times += 1) await tell(repository, { args: ["run", "check"] });
  const files = readCache(cacheOf(repository));
  const [path = ""] = [...files.keys()].filter((each) => each.startsWith("snapshots/"));
  for (const [kind, damage] of Object.entries(DAMAGES)) {
    const bytes = damage(path, files);
    if (bytes === undefined) rmSync(join(cacheOf(repository), path));
    else writeFileSync(join(cacheOf(repository), path), bytes);
    const told = await tell(repository, { args: ["run", "check"] });
    expect([kind, told]).toMatchObject([kind, { exitCode: 0, isRecalled: false }]);
    expect([kind, told.stdout]).toEqual([kind, expect.stringContaining("2 tasks, 2 cached")]);
    expect([kind, treeOf(join(repository.root, "dist"))]).toEqual([kind, WANTED]);
    expect(await tell(repository, { args: ["run", "check"] })).toMatchObject({ exitCode: 0, isRecalled: true });
  }
});
