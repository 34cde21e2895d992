import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openLocks } from "./lock.ts";
import { exitCodes, startProgram, temporaryFolder } from "./testing/samples.ts";

const KEY = "ab".repeat(32);

/** A process that takes the key, says what it got, and keeps it until its stdin ends. */
function holder(folder: string): ChildProcess {
  const program = `
    import { openLocks } from ${JSON.stringify(new URL("./lock.ts", import.meta.url).href)};
    const lock = openLocks(process.argv[1]).acquire(process.argv[2], "api:pytest");
    process.stdout.write(String(lock.acquired));
    process.stdin.resume().on("end", () => lock.release?.());`;
  const { child, stop } = startProgram(program, [folder, KEY]);
  onTestFinished(stop);
  return child;
}

async function said(child: ChildProcess): Promise<string> {
  const [data] = (await once(child.stdout!, "data")) as [Buffer];
  return data.toString();
}

test("a key is taken once, says who has it, and is free again after its release", () => {
  using at = temporaryFolder();
  const locks = openLocks(join(at.path, "locks"));
  const lock = locks.acquire(KEY, "api:pytest");
  expect(lock.acquired).toBe(true);
  const held = { pid: process.pid, task: "api:pytest" };
  expect(openLocks(join(at.path, "locks")).acquire(KEY)).toMatchObject({ acquired: false, heldBy: held });
  expect(locks.holder(KEY)).toMatchObject(held);
  expect(locks.acquire("cd".repeat(32)).acquired).toBe(true);
  if (lock.acquired) lock.release();
  expect(locks.holder(KEY)).toBeUndefined();
  expect(locks.acquire(KEY).acquired).toBe(true);
  locks.releaseAll();
  expect(readdirSync(join(at.path, "locks"))).toEqual([]);
});

test("a key that another process has is refused until that process lets go", async () => {
  using at = temporaryFolder();
  const child = holder(at.path);
  expect(await said(child)).toBe("true");
  const locks = openLocks(at.path);
  expect(locks.acquire(KEY)).toMatchObject({ acquired: false, heldBy: { pid: child.pid, task: "api:pytest" } });
  const free = locks.waitFor(KEY);
  child.stdin?.end();
  await free;
  expect(locks.acquire(KEY).acquired).toBe(true);
});

test("a key of a process that was killed is taken over", async () => {
  using at = temporaryFolder();
  const child = holder(at.path);
  expect(await said(child)).toBe("true");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(readdirSync(at.path)).not.toEqual([]);
  const locks = openLocks(at.path);
  expect(locks.acquire(KEY).acquired).toBe(true);
  locks.releaseAll();
  expect(readdirSync(at.path)).toEqual([]);
});

test.runIf(process.platform === "linux")(
  "a process that has the number of a dead owner does not count as the owner",
  () => {
    using at = temporaryFolder();
    for (const name of [`${KEY}.${process.pid}-1-ff`, `${KEY}.${process.pid}-1-ff.held`])
      writeFileSync(join(at.path, name), "");
    expect(openLocks(at.path).acquire(KEY).acquired).toBe(true);
  },
);

test("a wait ends when it is aborted", async () => {
  using at = temporaryFolder();
  const locks = openLocks(at.path);
  locks.acquire(KEY);
  const abort = new AbortController();
  const waiting = locks.waitFor(KEY, abort.signal);
  abort.abort();
  await expect(waiting).rejects.toThrow("aborted");
});

test("of processes that contend for one key never two have it at once", async () => {
  using at = temporaryFolder();
  const [processes, rounds] = [3, 20];
  mkdirSync(join(at.path, "inside"));
  // Each holder makes a folder that only one can make, and removes it before it lets go.
  const program = `
    import { appendFileSync, mkdirSync, rmdirSync } from "node:fs";
    import { openLocks } from ${JSON.stringify(new URL("./lock.ts", import.meta.url).href)};
    const [folder, key, rounds] = process.argv.slice(1);
    const locks = openLocks(folder + "/locks");
    for (let done = 0; done < Number(rounds);) {
      const lock = locks.acquire(key);
      if (!lock.acquired) { await new Promise(setImmediate); continue; }
      mkdirSync(folder + "/inside/one");
      appendFileSync(folder + "/count", "x");
      rmdirSync(folder + "/inside/one");
      lock.release();
      done += 1;
    }`;
  const children = Array.from({ length: processes }, () => {
    const { child, stop } = startProgram(program, [at.path, KEY, String(rounds)]);
    onTestFinished(stop);
    return child;
  });
  expect(await exitCodes(children)).toEqual(children.map(() => 0));
  expect(readFileSync(join(at.path, "count"), "utf8")).toHaveLength(processes * rounds);
  expect(readdirSync(join(at.path, "locks"))).toEqual([]);
});

test("where no lock can be written everyone may work", () => {
  using at = temporaryFolder();
  writeFileSync(join(at.path, "file"), "");
  const locks = openLocks(join(at.path, "file", "locks"));
  expect(() => writeFileSync(join(at.path, "file", "locks"), "")).toThrow();
  const lock = locks.acquire(KEY);
  expect(lock.acquired).toBe(true);
  locks.releaseAll();
});
