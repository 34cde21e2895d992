import { expect, test } from "vitest";
import {
  developed,
  file,
  issueRepository,
  reviewed,
  type IssueRepository,
} from "../../support/agents/issue-repository.ts";
import { issueDocuments, moduleOf } from "../../support/agents/issue-documents.ts";
import { leftOfLoop } from "../../support/agents/left-of-loop.ts";
import type { Ran } from "../../support/binary.ts";

const EDGES = { "M1-01": [], "M1-02": [], "M1-03": ["M1-01"] };
const IDS = Object.keys(EDGES);

interface Rig {
  readonly rig: IssueRepository;
  /** Settles when the first developer was asked. */
  readonly isAsked: Promise<unknown>;
  /** For each issue, how often its developer began. */
  readonly begun: Map<string, number>;
}

/** Three issues over plain branches; developers answer once the gate is open. */
async function threeIssues(gate: Promise<unknown>): Promise<Rig> {
  const asked = Promise.withResolvers<undefined>();
  const begun = new Map<string, number>();
  const rig = await issueRepository(issueDocuments(EDGES), {
    develop(issue, { turn }) {
      asked.resolve(undefined);
      if (turn > 0) return developed();
      begun.set(issue, (begun.get(issue) ?? 0) + 1);
      return { ...file(moduleOf(issue), "one = 1"), after: gate };
    },
    review: () => reviewed("pass"),
  });
  return { rig, isAsked: asked.promise, begun };
}

/** Each issue was developed, and its change is there, once. */
function expectOnce({ rig, begun }: Rig): void {
  expect(Object.fromEntries(begun)).toEqual(Object.fromEntries(IDS.map((id) => [id, 1])));
  for (const id of IDS) {
    const subjects = rig.repository
      .git("log", "--format=%s", `main..issue/${id}`, "--", moduleOf(id))
      .trim()
      .split("\n");
    expect(subjects).toEqual([`${id}: Add ${id.toLowerCase()}: the module`]);
  }
  expect(leftOfLoop(rig)).toEqual([]);
}

test("while a run goes on a second one of the same issues says whose it is, and begins nothing", async () => {
  const gate = Promise.withResolvers<undefined>();
  const three = await threeIssues(gate.promise);
  await using rig = three.rig;
  const first = rig.start("run");
  await three.isAsked;
  const [run = ""] = rig.repository.runs();
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await rig.run("run", ...args);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 2, stdout: "" });
    return stderr;
  };
  const id = run.slice(run.lastIndexOf("/") + 1);
  expect(await refused()).toContain(`SYM7561  process ${String(first.pid)} of run ${id} works on M1-01, M1-02, M1-03`);
  // That one waits: it is the first run's all the same.
  expect(await refused("--issue", "M1-03", "--issue", "M1-01")).toContain("works on M1-01, M1-03");
  expect(rig.repository.runs()).toEqual([run]);
  gate.resolve(undefined);
  const { exitCode, stdout } = await first.ended;
  expect(exitCode, stdout).toBe(0);
  expectOnce(three);
});

test("of two that begin at the same moment one does all, and the other nothing", async () => {
  const gate = Promise.withResolvers<undefined>();
  const three = await threeIssues(gate.promise);
  await using rig = three.rig;
  const runs = [rig.start("run"), rig.start("run")];
  const refused: Ran = await Promise.race(runs.map(({ ended }) => ended));
  expect(refused.exitCode, refused.stdout).toBe(2);
  expect(refused.stderr).toContain("SYM7561");
  gate.resolve(undefined);
  const ended = await Promise.all(runs.map((each) => each.ended));
  expect(ended.map(({ exitCode }) => exitCode).sort()).toEqual([0, 2]);
  expectOnce(three);
});
