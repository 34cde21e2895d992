import { test } from "vitest";
import { createRecallRepository, tell, compare, snapshotsOf } from "../../support/recall-rig.ts";
test("try", async () => {
  using repository = createRecallRepository();
  for (let i = 0; i < 3; i++) { const t = await tell(repository); console.log(t.exitCode, t.isRecalled, t.stdout, t.stderr, snapshotsOf(repository).length); }
  repository.write({ "lib/src/a.txt": "bad a\n" });
  const c = await compare(repository, {args: ["run","all","--json"]});
  console.log(JSON.stringify(c.recalled, null, 1).slice(0, 3000), c.first.isRecalled);
});
