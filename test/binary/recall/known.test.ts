import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRecallRepository, tell } from "../../support/recall-rig.ts";
import type { TestRepository } from "../../support/repository.ts";

const LOOKED = "projects are looked for\n";

/** The rig's repository, with a plugin that says when it is asked for projects. */
function createTalking(): TestRepository {
  const repository = createRecallRepository();
  const quiet = repository.read("plugin.ts");
  const asked = "projects: ({ files, paths }) =>\n      ok(files.map(";
  const end = "      })),\n  },\n  inspect";
  expect(quiet.split(asked).length + quiet.split(end).length).toBe(4);
  const told = `projects: ({ files, paths }) =>\n      (process.stderr.write(${JSON.stringify(LOOKED)}), ok(files.map(`;
  repository.write({
    "plugin.ts": quiet.replace(asked, told).replace(end, end.replace("})),", "}))),")),
  });
  repository.commit("talks");
  return repository;
}

/** Changes the repository and runs all; whether projects were looked for. */
async function looks(repository: TestRepository, change: (repository: TestRepository) => void): Promise<boolean> {
  change(repository);
  const { stderr, exitCode } = await tell(repository);
  expect(exitCode).toBe(1);
  expect(["", LOOKED]).toContain(stderr);
  return stderr === LOOKED;
}

test("where only inputs changed, projects are not looked for: they are those of the last run", async () => {
  using repository = createTalking();
  let edits = 0;
  const edit = (r: TestRepository): void => r.write({ "lib/src/b.txt": `bad ${String((edits += 1))}\n` });
  expect(await looks(repository, () => undefined)).toBe(true);
  expect(await looks(repository, edit)).toBe(false);
  expect(await looks(repository, edit)).toBe(false);
  expect(await looks(repository, (r) => r.write({ "app/src/more.txt": "bad\n" })), "a new file").toBe(true);
  expect(await looks(repository, edit)).toBe(false);
  expect(await looks(repository, (r) => r.write({ "lib/settings.json": "[]\n" })), "a setting").toBe(true);
  expect(await looks(repository, edit)).toBe(false);
});

test("a setting stays one where all that a run saw has to be written down anew", async () => {
  using repository = createTalking();
  const quiet = repository.read("plugin.ts");
  const made = 'fs.writeFileSync("dist/all.txt", all);';
  expect(quiet).toContain(made);
  const more = `${made} if (all.includes("once")) { fs.mkdirSync("build"); fs.writeFileSync("build/never", all); }`;
  repository.write({ "plugin.ts": quiet.replace(made, more) });
  expect(await looks(repository, () => undefined)).toBe(true);
  // An output comes to a place that stood in a row with others.
  expect(await looks(repository, (r) => r.write({ "lib/src/b.txt": "bad once\n" }))).toBe(false);
  expect(await looks(repository, (r) => r.write({ "lib/settings.json": "[]\n" }))).toBe(true);
});

test.each<[string, (file: string) => void]>([
  ["torn", (file) => truncateSync(file, 50)],
  ["empty", (file) => truncateSync(file, 0)],
])("what is kept of the projects is not used where it is %s, and is kept anew", async (_, damage) => {
  using repository = createTalking();
  const edit = (r: TestRepository): void => r.write({ "lib/src/b.txt": `bad ${String(r.runs().length)}\n` });
  await looks(repository, () => undefined);
  const folder = join(repository.root, ".git/symbiotic/shapes");
  for (const name of readdirSync(folder)) damage(join(folder, name));
  expect(await looks(repository, edit)).toBe(true);
  expect(await looks(repository, edit)).toBe(false);
});
