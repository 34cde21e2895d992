import fc from "fast-check";
import { expect, test } from "vitest";
import { text } from "../../test/report/arbitrary-events.ts";
import { started } from "../../test/report/sample-run.ts";
import { BEGIN, end, eventsAt, hit, KILLED, planOf, SAMPLE } from "../../test/report/sample-timeline.ts";
import { profileOf } from "./profile.ts";
import { timelineOf } from "./timeline.ts";

test("a profile tells where the time went", () => {
  expect(profileOf(timelineOf(SAMPLE))).toMatchInlineSnapshot(`
    "# Run 20261121-023107-7c1a

    targets: gates · symbiotic 0.1.0 · 2026-11-21T02:31:00.000Z · exit code 1

    |            |                                                    |
    | ---------- | -------------------------------------------------- |
    | took       | 4.5s                                               |
    | tasks      | 6: 4 run, 1 cached, 1 skipped                      |
    | cache hits | 1 of 6 (17 %)                                      |
    | time saved | 4.0s                                               |
    | at once    | 2 tasks at most, 1.4 on average, of 2 slots (70 %) |

    ## Critical path

    Each needed the one above it: with any number of slots the tasks take 4.5s. Waited: ready, while others ran.

    | task       | took | waited |
    | ---------- | ---: | -----: |
    | core:build | 1.0s |    0ms |
    | app:build  | 2.0s |    1ms |
    | app:test   | 1.5s |    0ms |
    | together   | 4.5s |    1ms |

    ## Slowest tasks

    | task       | took | ended  | why it ran                     |
    | ---------- | ---: | ------ | ------------------------------ |
    | app:build  | 2.0s | ok     | core:build gave another result |
    | docs:build | 1.8s | ok     | never run here before          |
    | app:test   | 1.5s | failed |                                |
    | core:build | 1.0s | ok     | core/a.ts changed              |

    ## By project

    | project | tasks | run | cached | took | saved |
    | ------- | ----: | --: | -----: | ---: | ----: |
    | app     |     3 |   2 |      0 | 3.5s |   0ms |
    | docs    |     1 |   1 |      0 | 1.8s |   0ms |
    | core    |     2 |   1 |      1 | 1.0s |  4.0s |

    ## By atom

    | atom  | tasks | run | cached | took | saved |
    | ----- | ----: | --: | -----: | ---: | ----: |
    | build |     3 |   3 |      0 | 4.8s |   0ms |
    | test  |     1 |   1 |      0 | 1.5s |   0ms |
    | lint  |     1 |   0 |      1 |  0ms |  4.0s |
    | push  |     1 |   0 |      0 |  0ms |   0ms |
    "
  `);
});

test("a run in which nothing ran has no critical path and no slowest tasks", () => {
  const events = eventsAt(
    [0, { ...started, resumes: "20261121-020000-0001" }],
    [0, planOf({ "a:x": [], "a:y": [] })],
    [1, hit(5000), "a:x"],
    [1, hit(70_000, { resumed: true }), "a:y"],
  );
  expect(profileOf(timelineOf(events))).toMatchInlineSnapshot(`
    "# Run 20261121-023107-7c1a

    targets: gates · symbiotic 0.1.0 · 2026-11-21T02:31:00.000Z · it did not come to its end

    |            |                                          |
    | ---------- | ---------------------------------------- |
    | took       | 1ms                                      |
    | tasks      | 2: 2 cached                              |
    | cache hits | 2 of 2 (100 %)                           |
    | resumed    | 1 of the hits, from 20261121-020000-0001 |
    | time saved | 1m 15s                                   |

    ## By project

    | project | tasks | run | cached | took |  saved |
    | ------- | ----: | --: | -----: | ---: | -----: |
    | a       |     2 |   0 |      2 |  0ms | 1m 15s |

    ## By atom

    | atom | tasks | run | cached | took |  saved |
    | ---- | ----: | --: | -----: | ---: | -----: |
    | y    |     1 |   0 |      1 |  0ms | 1m 10s |
    | x    |     1 |   0 |      1 |  0ms |   5.0s |
    "
  `);
});

test("a run that was killed says so, and what was running", () => {
  const profile = profileOf(timelineOf(KILLED));
  expect(profile).toContain("it did not come to its end");
  expect(profile).toMatch(/^\| app:test +\| +0ms \| unfinished \|/m);
});

test("long lists are cut, and say how much is left out", () => {
  const ids = Array.from({ length: 25 }, (_, index) => `p${String(index).padStart(2, "0")}:x`);
  const events = eventsAt(
    [0, started],
    [0, planOf(Object.fromEntries(ids.map((id) => [id, []])))],
    ...ids.map((id) => [1, BEGIN, id] as const),
    ...ids.map((id) => [2, end(1), id] as const),
  );
  const profile = profileOf(timelineOf(events));
  expect(profile).toContain("and 5 tasks more");
  expect(profile).toContain("and 5 projects more");
});

test("whatever the names and reasons, a row of a table is one line with the same number of cells", () => {
  fc.assert(
    fc.property(text, text, (project, missed) => {
      const plan = {
        type: "plan-ready",
        levels: 1,
        tasks: [{ id: "a:x", project, atom: project, title: "x", level: 0, dependsOn: [] }],
      } as const;
      const events = eventsAt([0, started], [0, plan], [0, BEGIN, "a:x"], [9, end(9, { missed }), "a:x"]);
      const lines = profileOf(timelineOf(events)).split("\n");
      const cells = (line: string): number => line.replace(/\\\\|\\\|/g, "").split("|").length;
      const blocks = lines
        .join("\n")
        .split("\n\n")
        .map((block) => block.split("\n").filter((line) => line.startsWith("|")));
      for (const rows of blocks) expect(new Set(rows.map(cells)).size).toBeLessThanOrEqual(1);
      expect(lines.filter((line) => line.startsWith("|")).length).toBe(2 + 5 + 2 + 2 + 2 + 1 + 2 + 1 + 2 + 1);
    }),
  );
});
