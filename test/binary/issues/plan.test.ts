import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { developed, file, issueDocument, issueRepository, reviewed } from "../../support/agents/issue-repository.ts";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { createRepository, type TestRepository } from "../../support/repository.ts";

const ISSUES = "docs/projects/app/issues";

function issues(repository: TestRepository, ...args: readonly string[]): Promise<Ran> {
  return symbiotic(repository, ["issues", ...args]);
}

/** A document with more to its body. */
function withBody(id: string, body: string, blockedBy: readonly string[] = []): string {
  return `${issueDocument(id, { blockedBy })}${body}\n`;
}

function files(...paths: readonly string[]): string {
  return `\n## Files\n\n${paths.map((path) => `- \`${path}\``).join("\n")}`;
}

/** A backlog that shows all that a plan can say. */
function backlog(): TestRepository {
  return createRepository({
    "src/export.py": "def export_rows():\n    pass\n",
    "src/rows.py": "class RowReader:\n    pass\n",
    "db/migrations/0001_users.sql": "create table users ();\n",
    [`${ISSUES}/M1-01.md`]: withBody("M1-01", `Add \`parse_rows\` to the reader.\n${files("src/rows.py")}`),
    [`${ISSUES}/M1-02.md`]: withBody("M1-02", `The export calls \`parse_rows\`.\n${files("src/export.py")}`),
    [`${ISSUES}/M1-03.md`]: withBody("M1-03", "Speed up `export_rows`.", ["M1-02"]),
    [`${ISSUES}/M1-04.md`]: withBody("M1-04", files("src/**")),
    [`${ISSUES}/M1-05.md`]: withBody("M1-05", files("db/migrations/0002_names.sql")),
    [`${ISSUES}/M1-06.md`]: withBody("M1-06", files("db/migrations/0002_mail.sql")),
    [`${ISSUES}/M1-07.md`]: withBody("M1-07", "Let `RowReader` skip a header."),
    [`${ISSUES}/M1-08.md`]: withBody("M1-08", "It comes after M1-07."),
    [`${ISSUES}/M1-09.md`]: withBody("M1-09", "").replace("state: todo", "state: on hold"),
  });
}

test("a plan says what may be done at once, what comes first, and what gets in whose way", async () => {
  using repository = backlog();
  const { exitCode, stdout } = await issues(repository, "plan");
  expect({ exitCode, stdout }).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stdout": "8 issues · 3 levels · 5 streams · 3 clusters · 2 at once

    level 0
      M1-01  M1-05  score 3.50
      M1-07         score 1.50

    level 1
      M1-02  M1-06  score 2.50
      M1-08         score 1.00

    level 2
      M1-03  M1-04  score 1.60  risk 0.20

    streams
      M1-01 · M1-02 · M1-03
      M1-04
      M1-05
      M1-06
      M1-07 · M1-08

    clusters
      M1-01 · M1-02 · M1-03 · M1-04
      M1-05 · M1-06
      M1-07 · M1-08

    what comes first
      M1-02 before M1-03  stated    M1-03 says \`blocked_by\`                      docs/projects/app/issues/M1-03.md:6:14
      M1-07 before M1-08  inferred  the text of M1-08 says \`after M1-07\`         docs/projects/app/issues/M1-08.md:16:16
      M1-01 before M1-02  inferred  M1-01 makes \`parse_rows\`, which M1-02 names  docs/projects/app/issues/M1-02.md:16:19

    not at once
      M1-01 and M1-04  0.95  both may write src/rows.py           docs/projects/app/issues/M1-01.md:20:4  docs/projects/app/issues/M1-04.md:19:4
      M1-02 and M1-04  0.95  both may write src/export.py         docs/projects/app/issues/M1-02.md:20:4  docs/projects/app/issues/M1-04.md:19:4
      M1-05 and M1-06  0.60  both write the schema db/migrations  docs/projects/app/issues/M1-05.md:19:4  docs/projects/app/issues/M1-06.md:19:4

    at once, at a risk
      M1-01 and M1-07  0.20  M1-07 comes by src/rows.py, which M1-01 may write    docs/projects/app/issues/M1-07.md:16:6  docs/projects/app/issues/M1-01.md:20:4
      M1-03 and M1-04  0.20  M1-03 comes by src/export.py, which M1-04 may write  docs/projects/app/issues/M1-03.md:16:11  docs/projects/app/issues/M1-04.md:19:4
      M1-04 and M1-07  0.20  M1-07 comes by src/rows.py, which M1-04 may write    docs/projects/app/issues/M1-07.md:16:6  docs/projects/app/issues/M1-04.md:19:4

    held
      M1-09  paused
    ",
    }
  `);
});

test("the plan and the dry run of the loop agree: what waits in one waits in the other", async () => {
  using repository = backlog();
  const plan = JSON.parse((await issues(repository, "plan", "--json")).stdout) as {
    readonly v: number;
    readonly issues: readonly { readonly id: string; readonly blockedBy: string[]; readonly waitsFor: string[] }[];
  };
  const { steps } = JSON.parse((await issues(repository, "run", "--dry-run", "--json")).stdout) as {
    readonly steps: { readonly id: string; readonly project: string; readonly dependsOn: readonly string[] }[];
  };
  const opens = steps.filter(({ id }) => id.endsWith(":open"));
  const waits = opens.map(({ project, dependsOn }) => [project, dependsOn.map((id) => id.slice(6, -7)).sort()]);
  const wanted = plan.issues.map(({ id, blockedBy, waitsFor }) => [id, [...blockedBy, ...waitsFor].sort()]);
  expect(plan.v).toBe(1);
  expect(new Map(waits as [string, string[]][])).toEqual(new Map(wanted as [string, string[]][]));
});

test("a cycle is drawn with the file and the line of each edge", async () => {
  using repository = createRepository({
    [`${ISSUES}/M1-01.md`]: issueDocument("M1-01", { blockedBy: ["M1-02"] }),
    [`${ISSUES}/M1-02.md`]: issueDocument("M1-02", { blockedBy: ["M1-01"] }),
    [`${ISSUES}/M1-03.md`]: issueDocument("M1-03", { blockedBy: ["M1-01"] }),
  });
  expect((await issues(repository, "graph", "--cycle")).stdout).toMatchInlineSnapshot(`
    "a cycle of 2 issues
      M1-01  blocked by M1-02  docs/projects/app/issues/M1-01.md:6:14
      M1-02  blocked by M1-01  docs/projects/app/issues/M1-02.md:6:14
    "
  `);
  expect((await issues(repository, "graph", "--cycle", "--format", "mermaid")).stdout).toMatchInlineSnapshot(`
    "flowchart LR
      subgraph cycle ["in or behind a cycle"]
        n0["M1-01<br/>Add m1-01#58; the module"]
        n1["M1-02<br/>Add m1-02#58; the module"]
      end
      n1 -->|"docs/projects/app/issues/M1-01.md#58;6#58;14"| n0
      n0 -->|"docs/projects/app/issues/M1-02.md#58;6#58;14"| n1
    "
  `);
  expect((await issues(repository, "graph", "--cycle", "--format", "dot")).stdout).toContain(
    `"M1-02" -> "M1-01" [label="${ISSUES}/M1-01.md:6:14"]`,
  );
  const planned = await issues(repository, "plan", "--fresh");
  expect({ exitCode: planned.exitCode, stderr: planned.stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining("SYM9205"),
  });
});

test("what cannot be shown of a run is said", async () => {
  using repository = backlog();
  expect(await issues(repository, "status")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("SYM9241") });
  expect((await issues(repository, "status", "20261122-101112-abcd")).stderr).toContain("SYM2021");
  expect((await issues(repository, "plan", "M1-01")).stderr).toContain("SYM2007");
});

test("a loop tells how far it is, its status stays, and what passed is kept when the plan changes", async () => {
  await using rig = await issueRepository(
    {
      "symbiotic.config.json": JSON.stringify({ issues: { developer: "claude", reviewer: "codex", fixes: 0 } }),
      [`${ISSUES}/M1-02.md`]: withBody("M1-02", files("src/shared.py")),
      [`${ISSUES}/M1-03.md`]: withBody("M1-03", files("src/other.py")),
    },
    {
      develop: (issue, { turn }) => {
        const path = issue === "M1-03" ? "src/other.py" : "src/shared.py";
        return turn === 0 ? file(path, `${issue.toLowerCase().replace("-", "_")} = 1`) : developed();
      },
      review: (issue) =>
        issue === "M1-03"
          ? reviewed("changes_required", [
              { severity: "high", title: "no test", details: "see there", evidence: ["src/other.py:1"] },
            ])
          : reviewed("pass"),
    },
  );
  const { repository } = rig;
  const first = await rig.run("run");
  expect(first.stdout).toMatch(/M1-0\d: 2 of 2 done · \$\d+\.\d\d( \(estimate\))? so far · 1 to mend/);
  const status = await rig.run("status");
  expect(shown(status.stdout)).toMatchInlineSnapshot(`
    "run <run> · is over · 2 of 2 done · $0.00 · 1 to mend

      issue  state  step  fixes  to mend  cost  time
      M1-02  passed  -  0  0  $0.00  0s  passed at once
      M1-03  capped  -  0  1  $0.00  0s  capped after 0 fixes: 1 left
    "
  `);
  expect(shown(first.stdout)).toContain(tableOf(shown(status.stdout)));
  const asked = rig.developer.requests.length;

  // A new issue comes first in the order, and writes what M1-02 wrote.
  writeFileSync(join(repository.root, ISSUES, "M1-01.md"), withBody("M1-01", files("src/shared.py")));
  const plan = await rig.run("plan");
  expect(shown(plan.stdout)).toMatchInlineSnapshot(`
    "2 issues · 1 level · 2 streams · 2 clusters · 2 at once

    level 0
      M1-03  M1-01  score 2.00

    streams
      M1-03
      M1-01

    finished
      M1-02  passed at once, in <run>
    "
  `);
  expect((await rig.run("run", "--resume", "--dry-run")).stdout).toContain("M1-02  kept: passed at once");

  const again = await rig.run("run", "--resume");
  expect(shown(again.stdout)).toMatch(/M1-01 +passed/);
  expect(again.stdout).toMatch(/M1-02 +passed/);
  const about = rig.developer.requests
    .slice(asked)
    .map(({ body }) => /issues\/(M1-\d+)\.md/.exec(JSON.stringify(body))?.[1]);
  expect(new Set(about)).toEqual(new Set(["M1-01"]));
});

/** Without what differs from run to run. */
function shown(text: string): string {
  return text
    .replace(/\b\d{8}-\d{6}-[0-9a-f]{4}\b/g, "<run>")
    .replace(/\$\d+\.\d\d( \(estimate\))?/g, "$0.00")
    .replace(/\b(\d+h )?(\d+m )?\d+[ms]\b/g, "0s")
    .replace(/(?<=\S) {2,}/g, "  ");
}

function tableOf(status: string): string {
  return status.slice(status.indexOf("  issue")).trimEnd();
}
