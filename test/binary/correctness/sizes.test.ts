import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outcomes, summaryOf } from "../../support/record.ts";
import { commandRepository, run } from "./support/commands.ts";
import { measured } from "./support/memory.ts";

const MIB = 2 ** 20;
/** What the engine may need at most, whatever tasks make and print; its start alone takes some 70. */
const MOST_MIB = 250;

const here = test.skipIf(process.platform === "win32");

/** The sha256 of a file, read in pieces. */
function sha256(file: string): string {
  const [sum, piece, handle] = [createHash("sha256"), Buffer.alloc(4 * MIB), openSync(file, "r")];
  for (let count = readSync(handle, piece); count > 0; count = readSync(handle, piece))
    sum.update(piece.subarray(0, count));
  closeSync(handle);
  return sum.digest("hex");
}

here("an output of 1 GiB is kept, put back and repaired, in pieces", { timeout: 300_000 }, async () => {
  using repository = commandRepository({
    atoms: {
      big: {
        command: `mkdir -p dist && truncate -s 1G dist/big && printf begin | dd of=dist/big conv=notrunc status=none && printf end | dd of=dist/big bs=1 seek=700000000 conv=notrunc status=none`,
        inputs: ["in.txt"],
        outputs: ["dist"],
      },
    },
    files: { "in.txt": "1\n" },
  });
  const file = join(repository.root, "dist/big");
  const first = await measured(repository, ["run", "big"]);
  expect([first.exitCode, outcomes(repository)]).toEqual([0, { "root:big": "ok miss" }]);
  const made = sha256(file);
  rmSync(file);
  const second = await measured(repository, ["run", "big"]);
  expect([second.exitCode, outcomes(repository)]).toEqual([0, { "root:big": "ok hit" }]);
  expect(statSync(file).size).toBe(2 ** 30);
  expect(sha256(file)).toBe(made);
  expect(Math.max(first.peakMiB, second.peakMiB)).toBeLessThan(MOST_MIB);
});

here(
  "a task that prints 500 MB ends well; its log has its beginning and its end, and the engine's memory is bounded",
  async () => {
    using repository = commandRepository({
      atoms: {
        loud: {
          command: `echo begin; yes "$(head -c 99 /dev/zero | tr '\\0' x)" | head -c 500000000; echo; echo end`,
          inputs: [],
        },
      },
    });
    const ran = await measured(repository, ["run", "loud", "--output-logs", "none"]);
    expect([ran.exitCode, outcomes(repository)]).toEqual([0, { "root:loud": "ok miss" }]);
    expect(ran.peakMiB).toBeLessThan(MOST_MIB);
    const [task] = summaryOf(repository).tasks;
    const log = repository.read(task?.log ?? "");
    expect(log.length).toBeLessThan(9 * MIB);
    expect(log.startsWith("begin\n")).toBe(true);
    expect(log.endsWith("\nend\n")).toBe(true);
    expect(log).toMatch(/\n\[\d{7} lines left out\]\n/);
    expect((await run(repository, ["loud"])).ended).toEqual({ "root:loud": "ok hit" });
  },
);

here(
  "a task that prints 50 MB in one line, and one that prints 20 million lines of nothing, are bounded too",
  async () => {
    using repository = commandRepository({
      atoms: {
        line: { command: "head -c 50000000 /dev/zero | tr '\\0' x", inputs: [] },
        lines: { command: "yes '' | head -n 20000000", inputs: [] },
      },
    });
    const ran = await measured(repository, ["run", "line", "lines", "--output-logs", "none"]);
    expect([ran.exitCode, outcomes(repository)]).toEqual([0, { "root:line": "ok miss", "root:lines": "ok miss" }]);
    expect(ran.peakMiB).toBeLessThan(MOST_MIB);
  },
);

here.each<[what: string, args: readonly string[]]>([
  ["one of 200 KiB", ["x".repeat(200 * 1024)]],
  ["three million bytes in many", Array.from({ length: 30_000 }, () => "x".repeat(99))],
])("arguments beyond what the system takes (%s) are an error that says so", async (_what, args) => {
  using repository = commandRepository({ atoms: { many: { command: ["true", ...args], inputs: [] } } });
  const ran = await run(repository, ["many"]);
  expect(ran).toMatchObject({ exitCode: 1, ended: { "root:many": "broken miss" } });
  expect(ran.all).toMatch(/SYM4002 {2}true cannot be started: .*(?:E2BIG|too long)/);
  expect(ran.all.length).toBeLessThan(20_000);
});
