import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Ran } from "../../support/binary.ts";
import { outcomes } from "../../support/record.ts";
import { createRepository, type TestRepository } from "../../support/repository.ts";
import { commandRepository, linesIn, run } from "./support/commands.ts";
import { cacheFolder, mountsOf, readOnly, smallDisk, type Mounts } from "./support/mounts.ts";

/** A build of 3 MiB and a small check. */
function repositoryOf(): TestRepository {
  return commandRepository({
    atoms: {
      build: {
        command: `echo build >> "$HOME/ran"; mkdir -p dist && head -c 3145728 /dev/zero > dist/big && cp in.txt dist/small`,
        inputs: ["in.txt"],
        outputs: ["dist"],
      },
      check: {
        command: `echo check >> "$HOME/ran"; wc -c < dist/big; cat dist/small`,
        inputs: [],
        dependsOn: ["build"],
      },
    },
    files: { "in.txt": "1\n" },
  });
}

/** What no fault may lead to: an error of the engine itself, or its stack. */
function isClear({ stdout, stderr }: Ran): boolean {
  return !/SYM0002|SYM4018|\n {4}at /.test(stdout + stderr);
}

function sizes(mounts: Mounts): string {
  return mounts.shell("wc -c < dist/big; cat dist/small");
}

test("a cache on a full disk makes a run slower, never red: it says so once, and what fits is not wrong", async () => {
  using repository = repositoryOf();
  await using mounts = await mountsOf(repository, smallDisk(cacheFolder(repository), "1m"));
  for (const time of [1, 2]) {
    const ran = mounts.symbiotic(["run", "check"]);
    expect([ran.exitCode, isClear(ran)]).toEqual([0, true]);
    expect(outcomes(repository)).toEqual({ "root:build": "ok miss", "root:check": expect.stringMatching(/^ok/) });
    expect((ran.stdout + ran.stderr).match(/SYM60(?:05|10)/g)?.length, `run ${String(time)}`).toBe(1);
    expect(sizes(mounts)).toBe("3145728\n1\n");
  }
});

test("a cache in which nothing can be written serves what it holds, and a miss is run and not kept", async () => {
  using repository = repositoryOf();
  await run(repository, ["check"]);
  await using mounts = await mountsOf(repository, readOnly(cacheFolder(repository)));
  mounts.shell("rm -r dist");
  const hit = mounts.symbiotic(["run", "check"]);
  expect([hit.exitCode, isClear(hit)]).toEqual([0, true]);
  expect(hit.stdout).toContain("2 tasks, 2 cached");
  expect(sizes(mounts)).toBe("3145728\n1\n");
  repository.write({ "in.txt": "2\n" });
  for (const time of [1, 2]) {
    const miss = mounts.symbiotic(["run", "check"]);
    expect([time, miss.exitCode, isClear(miss)]).toEqual([time, 0, true]);
    expect(outcomes(repository)).toEqual({ "root:build": "ok miss", "root:check": "ok miss" });
    expect((miss.stdout + miss.stderr).match(/SYM6005/g)).toHaveLength(1);
    expect(sizes(mounts)).toBe("3145728\n2\n");
  }
});

test("a work tree on a full disk: the task fails by itself, nothing half made is kept or served, and room heals it", async () => {
  using outer = createRepository({});
  await using mounts = await mountsOf(outer, smallDisk(outer.root, "8m"));
  using source = repositoryOf();
  const env = { SYMBIOTIC_CACHE_DIR: join(outer.home, "cache") };
  cpSync(source.root, join(outer.home, "source"), { recursive: true });
  mounts.shell("cp -a ../home/source/. . && head -c 6500000 /dev/zero > ballast && echo ballast >> .git/info/exclude");
  const full = mounts.symbiotic(["run", "check"], env);
  expect([full.exitCode, isClear(full)]).toEqual([1, true]);
  expect(full.stdout).toMatch(/build +\S+ +(?:failed|broken)/);
  mounts.shell("rm ballast");
  const healed = mounts.symbiotic(["run", "check"], env);
  expect([healed.exitCode, isClear(healed)]).toEqual([0, true]);
  expect(sizes(mounts)).toBe("3145728\n1\n");
  // A hit that does not fit is no hit, and nothing of it lies there half.
  mounts.shell("rm -r dist && head -c 6500000 /dev/zero > ballast");
  const unfit = mounts.symbiotic(["run", "check"], env);
  expect([unfit.exitCode, isClear(unfit)]).toEqual([1, true]);
  // The task then runs and fills the disk itself: whether there is room for its log then is nobody's promise.
  expect(unfit.stdout + unfit.stderr).toMatch(/SYM6009|SYM4021/);
  expect(unfit.stdout).toMatch(/build +\S+ +(?:failed|broken)/);
  mounts.shell("rm ballast");
  const again = mounts.symbiotic(["run", "check"], env);
  expect([again.exitCode, isClear(again)]).toEqual([0, true]);
  expect(again.stdout).toContain("2 tasks, 2 cached");
  expect(sizes(mounts)).toBe("3145728\n1\n");
});

test("a work tree without any room left: an error that says so, before or after the tasks, and no stack", async () => {
  using outer = createRepository({});
  await using mounts = await mountsOf(outer, smallDisk(outer.root, "1m"));
  using source = repositoryOf();
  cpSync(source.root, join(outer.home, "source"), { recursive: true });
  mounts.shell(
    "cp -a ../home/source/. . && echo ballast >> .git/info/exclude; cat /dev/zero > ballast 2> /dev/null || true",
  );
  const full = mounts.symbiotic(["run", "check"], { SYMBIOTIC_CACHE_DIR: join(outer.home, "cache") });
  expect(full.exitCode).not.toBe(0);
  expect(isClear(full)).toBe(true);
  expect(full.stdout + full.stderr).toMatch(/SYM\d{4}.*(?:ENOSPC|no space)/is);
});

test("a work tree in which nothing can be written is an error that says so", async () => {
  using repository = repositoryOf();
  await using mounts = await mountsOf(repository, readOnly(repository.root));
  const ran = mounts.symbiotic(["run", "check"]);
  expect(ran.exitCode).toBe(2);
  expect(isClear(ran)).toBe(true);
  expect(ran.stderr).toContain("SYM4017");
  expect(linesIn(repository, "ran")).toEqual([]);
});

test("a cache whose folder cannot be made is told of, and the run is as good as without it", async () => {
  using repository = repositoryOf();
  writeFileSync(join(repository.home, "file"), "");
  for (const outcome of ["ok miss", "ok miss"]) {
    const ran = await run(repository, ["check"], { env: { SYMBIOTIC_CACHE_DIR: join(repository.home, "file/cache") } });
    expect([ran.exitCode, isClear(ran), ran.ended["root:build"]]).toEqual([0, true, outcome]);
    expect(ran.all).toMatch(/SYM600[56]/);
  }
});
