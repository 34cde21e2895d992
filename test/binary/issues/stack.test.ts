import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { developed, file } from "../../support/agents/issue-repository.ts";
import { symbiotic } from "../../support/binary.ts";
import { HAS_GRAPHITE } from "../../support/platforms/graphite-rig.ts";
import { stackedIssues, type StackedIssues } from "../../support/platforms/stacked-issues.ts";
import { processesIn } from "../../support/processes.ts";

const DIAMOND = { "M1-01": [], "M1-02": ["M1-01"], "M1-03": ["M1-01"], "M1-04": ["M1-02", "M1-03"] };

/** What `--json` prints of each issue. */
interface Told {
  readonly id: string;
  readonly state: string;
  readonly why: string;
  readonly branch: string;
  readonly stack_branches: readonly string[];
  readonly draft_prs: readonly string[];
  readonly ignored: readonly string[];
}

function toldIn(stdout: string): Readonly<Record<string, Told>> {
  const { issues } = JSON.parse(stdout) as { readonly issues: readonly Told[] };
  return Object.fromEntries(issues.map((each) => [each.id, each]));
}

function pullsOf({ graphite }: StackedIssues): readonly string[] {
  return graphite.pulls.map(({ head, base, isDraft }) => `${head} into ${base}${isDraft ? ", a draft" : ""}`).sort();
}

// Graphite's program comes for Linux on x64 alone. Two agents work on each issue, one after the other.
describe.skipIf(!HAS_GRAPHITE)("the loop with stacks", { timeout: 300_000 }, () => {
  test("the stack follows what blocks what, and only the loop says what is in it", async () => {
    await using made = await stackedIssues({
      edges: DIAMOND,
      develop: (issue, { turn }) => {
        if (turn === 0) return file(`src/${issue.toLowerCase()}.py`, "one = 1");
        const claims = { branch: "main", stack_branches: ["issue/M1-01", "theirs"], draft_prs: ["https://e.org/1"] };
        return developed("pass", issue === "M1-02" ? claims : { branch: `issue/${issue}` });
      },
    });
    const before = made.rig.repository.git("rev-parse", "HEAD");
    const first = await made.run("--json");
    expect({ exitCode: first.exitCode, stderr: first.stderr }, first.stdout).toEqual({ exitCode: 0, stderr: "" });
    // What is asked from here on leaves processes of its own for a while.
    expect(processesIn(made.rig.repository.home)).toEqual([]);
    expect(made.parents()).toEqual({
      main: undefined,
      "issue/M1-01": "main",
      "issue/M1-02": "issue/M1-01",
      "issue/M1-03": "issue/M1-01",
      "issue/M1-04": "issue/M1-02",
    });
    expect(pullsOf(made)).toEqual([
      "issue/M1-01 into main, a draft",
      "issue/M1-02 into issue/M1-01, a draft",
      "issue/M1-03 into issue/M1-01, a draft",
      "issue/M1-04 into issue/M1-02, a draft",
    ]);
    const { repository } = made.rig;
    for (const [branch, commit] of Object.entries(made.pushed()))
      expect(repository.git("rev-parse", branch)).toBe(commit);
    expect(Object.keys(made.pushed())).toEqual([...Object.keys(made.parents())].sort());
    // What stands on two issues has the work of both.
    expect(repository.git("ls-tree", "--name-only", "issue/M1-04", "src/")).toContain("src/m1-03.py");
    const told = toldIn(first.stdout);
    expect(told["M1-04"]).toMatchObject({
      ...{ branch: "issue/M1-04", stack_branches: ["issue/M1-01", "issue/M1-02", "issue/M1-04"], ignored: [] },
      draft_prs: [expect.stringMatching(/^https:\/\/app\.graphite\.com\/github\/pr\/acme\/demo\/\d+$/)],
    });
    expect(told["M1-02"]).toMatchObject({
      ...{ branch: "issue/M1-02", stack_branches: ["issue/M1-01", "issue/M1-02"] },
      draft_prs: [expect.stringContaining("app.graphite.com")],
      ignored: ["develop: branch main", "develop: stack branch theirs", "develop: draft https://e.org/1"],
    });
    const review = repository.git("show", "issue/M1-02:docs/projects/app/reviews/REVIEW-M1.md");
    expect(review).toContain("### Ignored claims\n\n- develop: branch main\n- develop: stack branch theirs\n");
    const [run = ""] = repository.runs();
    expect(readFileSync(join(run, "events.jsonl"), "utf8")).toContain("pass, 3 claims ignored");
    expect(repository.git("rev-parse", "HEAD")).toBe(before);
  });

  test("a second run opens nothing, and leaves alone what somebody has closed", async () => {
    await using made = await stackedIssues({ edges: { "M1-01": [], "M1-02": [] } });
    expect((await made.run()).exitCode).toBe(0);
    made.graphite.pulls.find(({ head }) => head === "issue/M1-02")!.state = "CLOSED";
    const { exitCode, stdout } = await made.run();
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/M1-01.*found https:\/\/app\.graphite\.com/);
    expect(stdout).toMatch(/M1-02.*closed https:\/\/app\.graphite\.com/);
    expect(pullsOf(made)).toEqual(["issue/M1-01 into main, a draft", "issue/M1-02 into main, a draft"]);
  });

  test("a stack is made ready for review only where a person approves it, and that it was refused is told", async () => {
    await using made = await stackedIssues({ edges: { "M1-01": [] }, issues: { ready: true } });
    const first = await made.run();
    expect(first.exitCode, first.stdout).toBe(0);
    expect(first.stdout).toMatch(
      /opened \S+, still a draft: SYM5026 `gt submit --publish` is refused: nobody approved/,
    );
    expect(pullsOf(made)).toEqual(["issue/M1-01 into main, a draft"]);
    const [run = ""] = made.rig.repository.runs();
    expect(readFileSync(join(run, "escalation.md"), "utf8")).toContain("is still a draft: SYM5026");
    const second = await made.run("--approve-publish");
    expect(second.exitCode, second.stdout).toBe(0);
    expect(second.stdout).toMatch(/found \S+, ready/);
    expect(pullsOf(made)).toEqual(["issue/M1-01 into main"]);
  });

  test("where it would stand on a branch that is not ours nothing is pushed, and that is told", async () => {
    await using made = await stackedIssues({ edges: { "M1-01": [] } });
    const { repository } = made.rig;
    repository.git("switch", "--quiet", "-c", "theirs");
    repository.commit("theirs");
    const unknown = await made.run();
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stdout).toContain("SYM7460 issue/M1-01 cannot stand on theirs: Graphite keeps no account of that");
    made.gt("track", "theirs", "--parent", "main");
    const foreign = await made.run("--resume");
    expect(foreign.exitCode).toBe(1);
    expect(foreign.stdout).toContain("SYM5027 `gt submit` is refused: it touches theirs, which is not ours");
    expect([made.graphite.pulls, Object.keys(made.pushed())]).toEqual([[], ["main"]]);
  });

  test("a branch whose parent went on while it was worked on is not pushed: that is what `gt state` says", async () => {
    let isMoved = false;
    await using made = await stackedIssues({
      edges: { "M1-01": [], "M1-02": ["M1-01"] },
      develop: (issue, { turn }) => {
        if (issue === "M1-02" && !isMoved) {
          isMoved = true;
          const { repository } = made.rig;
          made.gt("track", "issue/M1-02", "--parent", "issue/M1-01");
          const more = repository.git("commit-tree", "-p", "issue/M1-01", "-m", "more", "issue/M1-01^{tree}");
          repository.git("update-ref", "refs/heads/issue/M1-01", more);
        }
        return turn === 0 ? file(`src/${issue.toLowerCase()}.py`, "one = 1") : developed("pass", { branch: "" });
      },
    });
    const { exitCode, stdout } = await made.run();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /M1-02 +stopped .* it passed, and the step publish came to no end: SYM7409 issue\/M1-02 is not submitted/,
    );
    expect(pullsOf(made)).toEqual(["issue/M1-01 into main, a draft"]);
    expect(Object.keys(made.pushed())).toEqual(["issue/M1-01", "main"]);
    // As the message says: put onto it by hand, and the run goes on with nobody asked again.
    const [run = ""] = made.rig.repository.runs();
    const tree = /^cd '([^']+)'/m.exec(readFileSync(join(run, "escalation.md"), "utf8"))?.[1] ?? "";
    made.gt("restack", "--only", "--branch", "issue/M1-02", "--cwd", tree);
    const asked = made.rig.developer.requests.length;
    const again = await made.run("--resume");
    expect(again.exitCode, again.stdout).toBe(0);
    expect(made.rig.developer.requests.length).toBe(asked);
    expect(pullsOf(made)).toEqual(["issue/M1-01 into main, a draft", "issue/M1-02 into issue/M1-01, a draft"]);
  });

  test("what stood on a branch that was merged and deleted goes onto the trunk, and keeps its pull request", async () => {
    await using made = await stackedIssues({ edges: { "M1-01": [], "M1-02": ["M1-01"] } });
    const { repository } = made.rig;
    expect((await made.run()).exitCode).toBe(0);
    repository.git("merge", "--quiet", "--no-edit", "issue/M1-01");
    repository.git("branch", "--quiet", "-D", "issue/M1-01");
    const document = "docs/projects/app/issues/M1-01.md";
    repository.write({ [document]: repository.read(document).replace("state: todo", "state: done") });
    repository.commit("done");
    repository.git("push", "--quiet", "origin", "main");
    made.graphite.pulls[0]!.state = "MERGED";
    const { exitCode, stdout } = await made.run("--issue", "M1-02");
    expect(exitCode, stdout).toBe(0);
    expect(made.parents()).toEqual({ main: undefined, "issue/M1-02": "main" });
    expect(made.graphite.pulls.map(({ head, base }) => `${head} ${base}`)).toEqual([
      "issue/M1-01 main",
      "issue/M1-02 main",
    ]);
  });

  test("with GitHub beside it, that gives title, text, and readiness by evidence", async () => {
    await using made = await stackedIssues({
      edges: { "M1-01": [], "M1-02": [], "M1-03": ["M1-01", "M1-02"] },
      issues: { platform: ["graphite", "github"], ready: true },
    });
    const first = await made.run();
    expect({ exitCode: first.exitCode, stderr: first.stderr }, first.stdout).toEqual({ exitCode: 0, stderr: "" });
    const shown = made.github.pulls.map(({ title, headRefName, baseRefName, isDraft }) => [
      ...[title, headRefName, baseRefName, isDraft],
    ]);
    expect(shown.sort()).toEqual([
      ["[M1-01] Add m1-01: the module", "issue/M1-01", "main", false],
      ["[M1-02] Add m1-02: the module", "issue/M1-02", "main", false],
      ["[M1-03] Add m1-03: the module", "issue/M1-03", "issue/M1-01", false],
    ]);
    expect(made.github.pulls.find(({ headRefName }) => headRefName === "issue/M1-03")?.body).toContain(
      "Stands on M1-02 (issue/M1-02).",
    );
    expect(first.stdout).toMatch(/opened https:\/\/github\.com\/acme\/demo\/pull\/\d+, ready/);
  });

  test("two loops at once make one stack", async () => {
    await using made = await stackedIssues({ edges: { "M1-01": [], "M1-02": [] } });
    const runs = [made.start("--issue", "M1-01"), made.start("--issue", "M1-02")];
    const ended = await Promise.all(runs.map((each) => each.ended));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(pullsOf(made)).toEqual(["issue/M1-01 into main, a draft", "issue/M1-02 into main, a draft"]);
  });
});

describe.skipIf(!HAS_GRAPHITE)("without Graphite", () => {
  test.each<[string, string, string, { readonly PATH?: string; readonly platform?: string | readonly string[] }]>([
    ["it is not set up", "SYM7403", "gt init --trunk", {}],
    ["it is not installed", "SYM7401", "install @withgraphite/graphite-cli", { PATH: "" }],
    ["there is no such platform", "SYM7508", "there is: github, graphite", { platform: "gitlab" }],
    ["another one has nothing to do", "SYM7461", "graphite", { platform: ["graphite", "graphite"] }],
  ])("where %s, that is said before anybody works", async (_what, code, hint, { PATH, platform }) => {
    await using made = await stackedIssues({
      ...{ edges: { "M1-01": [] }, isSetUp: false },
      issues: platform === undefined ? {} : { platform },
    });
    if (PATH !== undefined) made.env["PATH"] = made.rig.repository.env["PATH"] ?? "";
    const { exitCode, stdout, stderr } = await made.run();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(code);
    expect(stderr).toContain(hint);
    expect(made.rig.developer.requests).toEqual([]);
    expect(existsSync(join(made.rig.repository.root, ".git/.graphite_repo_config"))).toBe(false);
    const { repository } = made.rig;
    const files = (): string => repository.git("status", "--porcelain", "--ignored");
    const before = files();
    const dry = await made.run("--dry-run");
    expect({ exitCode: dry.exitCode, stderr: dry.stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(dry.stdout).toContain(`  M1-01  issue/M1-01 into main, a draft\nwarning ${code}  `);
    expect(dry.stdout).toContain(hint);
    const { published, missing } = JSON.parse((await made.run("--dry-run", "--json")).stdout) as {
      readonly published: readonly object[];
      readonly missing: readonly { readonly code: string }[];
    };
    expect(published).toMatchObject([{ issue: "M1-01", branch: "issue/M1-01", into: "main", isReady: false }]);
    expect(missing.map((each) => each.code)).toContain(code);
    expect([files(), existsSync(join(repository.root, ".git/.graphite_repo_config"))]).toEqual([before, false]);
  });

  test("doctor says of each platform that is configured what there is of it, or what is missing", async () => {
    await using made = await stackedIssues({ edges: {}, issues: { platform: ["graphite", "github"] }, isSetUp: false });
    const { repository } = made.rig;
    const doctor = async () => {
      const { stdout } = await symbiotic(repository, ["doctor"], { env: made.env });
      return stdout.slice(stdout.indexOf("\nplatforms\n")).replace(/ +/g, " ");
    };
    expect(await doctor()).toMatch(
      /graphite not usable SYM7403 .*gt init --trunk <branch>.*\n github \d+\.\d+\.\d+ \//,
    );
    made.gt("init", "--trunk", "main");
    expect(await doctor()).toMatch(/graphite 1\.8\.6 \/.*\/gt\n/);
    made.configure({ platform: "gitlab" });
    expect(await doctor()).toMatch(/gitlab not usable SYM7508/);
    repository.write({ "symbiotic.config.json": "{}" });
    expect(await doctor()).not.toContain("platforms");
  });

  test("where nobody is signed in, that is said when the first is submitted, and the run goes on from there", async () => {
    await using made = await stackedIssues({ edges: { "M1-01": [] } });
    made.env["GRAPHITE_AUTH_TOKEN"] = "";
    const { exitCode, stdout } = await made.run();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/M1-01 +stopped .* SYM7405 Graphite: Please authenticate/);
    expect(Object.keys(made.pushed())).toEqual(["main"]);
    const asked = made.rig.developer.requests.length;
    made.env["GRAPHITE_AUTH_TOKEN"] = "dummy";
    const again = await made.run("--resume");
    expect(again.exitCode, again.stdout).toBe(0);
    expect(made.rig.developer.requests.length).toBe(asked);
    expect(pullsOf(made)).toEqual(["issue/M1-01 into main, a draft"]);
  });
});
