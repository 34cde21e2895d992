import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { eventsOf, eventsOfType, outcomes } from "../support/record.ts";

const ATOMS = `{
  deploy: step("deploy", {
    command: () => ({ argv: ["node", "-e", "console.log('reads ' + require('node:path').resolve('input.txt'))", "--", "--password", "hunter22"], cwd: "." }),
    parse: () => ok(found({ tests: [{ id: "tests/postgres/test_z.py::test_ok", outcome: "passed" }], data: { role: "postgres" } })),
  }),
}`;

test("a secret of the command line or the environment is kept nowhere, ids stay, and logs fit the checkout that reads them", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  const env = { DB_PASSWORD: "postgres" };
  expect(await symbiotic(repository, ["run", "all"], { env })).toMatchObject({ exitCode: 0, stderr: "" });
  const kept = textsBelow(join(repository.root, ".git/symbiotic"));
  expect(kept.join("\n")).toContain("tests/postgres/test_z.py::test_ok");
  expect(kept.join("\n")).toMatch(/\brole\\*":\\*"\[redacted:environment]\\*"/);
  expect(kept.filter((text) => text.includes("hunter22") || text.includes(repository.root))).toEqual([]);

  // The value of a variable that is in no key changes nothing.
  await symbiotic(repository, ["run", "all"], { env: { DB_PASSWORD: "tests/postgres" } });
  expect(outcomes(repository)).toEqual({ "app:deploy": "ok hit" });

  using copy = repository.copy();
  expect(await symbiotic(copy, ["run", "all", "--output-logs=full"], { env })).toMatchObject({ exitCode: 0 });
  expect(outcomes(copy)).toEqual({ "app:deploy": "ok hit" });
  expect(eventsOfType(eventsOf(copy), "task-output").map(({ line }) => line)).toEqual([
    `reads ${join(copy.root, "input.txt")}`,
  ]);

  repository.write({ "input.txt": "2\n" });
  const { stdout } = await symbiotic(repository, ["why", "app:deploy"], { env });
  expect(stdout).toMatch(/file +input\.txt/);
  expect(stdout).not.toContain("command");
});

function textsBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/^(?:files|tools)/.test(entry.name),
  );
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1"));
}
