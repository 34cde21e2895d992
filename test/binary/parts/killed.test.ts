import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../../support/binary.ts";
import { createPartsRepository, ranParts } from "../../support/parts-repository.ts";

const PARTS = 1500;

test("a run that is killed while it keeps records leaves those whole that it kept", async () => {
  const texts = Array.from({ length: PARTS }, (_, at) => [
    `t/${String(at)}.txt`,
    `${String(at)} ${"long ".repeat(700)}`,
  ]);
  using repository = createPartsRepository({ files: Object.fromEntries(texts) as Record<string, string> });
  const records = join(repository.root, ".git/symbiotic/records");
  const running = startSymbiotic(repository, ["run", "suite"]);
  while (!existsSync(records) || readdirSync(records).length < 100) await setImmediate();
  running.kill("SIGKILL");
  expect((await running.ended).signal).toBe("SIGKILL");

  expect(await symbiotic(repository, ["cache", "verify"])).toMatchObject({ exitCode: 0, stderr: "" });
  expect((await symbiotic(repository, ["run", "suite"])).exitCode).toBe(0);
  const ran = ranParts(repository).at(-1)?.split(" ").length ?? 0;
  expect(ran).toBeGreaterThan(0);
  expect(ran).toBeLessThan(PARTS);
});
