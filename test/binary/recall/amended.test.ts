import { join } from "node:path";
import { rmSync } from "node:fs";
import { test } from "vitest";
import { createRecallRepository, takeSteps } from "../../support/recall-rig.ts";
import type { TestRepository } from "../../support/repository.ts";

let edits = 0;

/** Reaches the build of one project and what waits for it, and leaves the rest as it was. */
function edit(repository: TestRepository): void {
  edits += 1;
  repository.write({ "lib/src/a.txt": `edit ${String(edits)}\n` });
}

test("a snapshot that was amended after an edit guards all that a new one guards", { timeout: 300_000 }, async () => {
  using repository = createRecallRepository();
  await takeSteps(
    repository,
    [
      { name: "nothing", change: () => undefined, isRecalled: true },
      { name: "the same input", change: (r) => r.write({ "lib/src/a.txt": "bad a\n" }), isRecalled: false },
      { name: "another input", change: (r) => r.write({ "lib/src/b.txt": "b\n" }), isRecalled: false },
      {
        name: "an input of a task that was kept",
        change: (r) => r.write({ "lib/NOTES.md": "n\n" }),
        isRecalled: false,
      },
      { name: "what was made again", change: (r) => r.write({ "lib/dist/all.txt": "altered\n" }), isRecalled: false },
      { name: "beside what was made again", change: (r) => r.write({ "lib/dist/extra": "1\n" }), isRecalled: false },
      { name: "what was kept", change: (r) => r.remove("app/dist/all.txt"), isRecalled: false },
      { name: "what was never made", change: (r) => r.write({ "lib/build/never": "by hand\n" }), isRecalled: false },
      { name: "a setting", change: (r) => r.write({ "lib/settings.json": '{ "a": 1 }\n' }), isRecalled: false },
      { name: "a setting that was absent", change: (r) => r.write({ "app/settings.local": "1\n" }), isRecalled: false },
      { name: "an untracked input", change: (r) => r.write({ "app/src/new.txt": "bad\n" }), isRecalled: false },
      {
        name: "the records",
        change: (r) => {
          rmSync(join(r.root, ".git/symbiotic/records"), { recursive: true });
        },
        isRecalled: false,
      },
    ],
    edit,
  );
});
