import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  AGENT_NAMES,
  agentRepository,
  manifest,
  shell,
  type AgentName,
  type AgentRepository,
} from "../../support/agents/repository.ts";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { linkPackages } from "../../support/repository.ts";

/** A configuration with one step that an agent does. */
function config(name: AgentName, agent: string, more = ""): string {
  return `import { defineConfig } from "@symbiotic-build/engine";
export default defineConfig({
  ${more}
  atoms: {
    count: { command: "wc -l src/*.py", inputs: ["src/**"] },
    document: {
      agent: { task: "List the modules in docs/list.md.", write: ["docs/**"], use: "${name}", ${agent} },
      inputs: ["src/**"],
      dependsOn: ["count"],
    },
  },
});
`;
}

async function repositoryWith(name: AgentName, agent: string, more?: string): Promise<AgentRepository> {
  const rig = await agentRepository(
    name,
    ({ turn }) => (turn === 0 ? shell(name, "mkdir -p docs; ls src > docs/list.md") : manifest(name, ["docs/list.md"])),
    {
      "pyproject.toml": '[project]\nname = "app"\nversion = "1.0"\n',
      "symbiotic.config.ts": config(name, agent, more),
    },
  );
  linkPackages(rig.repository.root);
  return rig;
}

function run({ repository, env }: AgentRepository, ...args: readonly string[]): Promise<Ran> {
  return symbiotic(repository, ["run", ...args], { env });
}

describe.each(AGENT_NAMES)("%s", (name) => {
  test("its edit is a task of the graph: after what it depends on, with its cost, in the record, asked anew each time", async () => {
    await using rig = await repositoryWith(
      name,
      "checks: ['ruff']",
      'agents: { prices: { "*": { input: 1, output: 2 } } },',
    );
    const { repository } = rig;
    const first = await run(rig, "document");
    expect({ exitCode: first.exitCode, stdout: first.stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/document +.*1 file, \$0\.\d\d/),
    });
    expect(first.stdout).toContain("2 tasks: 2 run");
    expect(repository.read("docs/list.md")).toBe("a.py\n");
    const [own] = repository.runs();
    const events = readFileSync(join(own ?? "", "events.jsonl"), "utf8");
    expect(events).toMatch(/"type":"measured","metrics":\[\{"name":"cost[^}]*"unit":"usd"/);
    const audit = repository.read(".ai-audit.jsonl").trim().split("\n");
    const told = audit.map((line) => JSON.parse(line) as { event: string; hash: string });
    expect(told.map(({ event }) => event)).toEqual(["agent-started", "change-applied", "run"]);
    const summary = JSON.parse(readFileSync(join(own ?? "", "summary.json"), "utf8")) as { audit: object };
    expect(summary.audit).toEqual({ entry: 3, head: told[2]?.hash });
    const asked = rig.stub.requests.length;
    const second = await run(rig, "document");
    expect(second.stdout).toContain("2 tasks: 1 run, 1 cached");
    expect(rig.stub.requests.length).toBeGreaterThan(asked);
  });
});

test("a pinned reply is served again, says so, and costs nothing; another input asks anew", async () => {
  await using rig = await repositoryWith("claude", "pin: true");
  const { repository, stub } = rig;
  await run(rig, "document");
  const asked = stub.requests.length;
  repository.remove("docs/list.md");
  const again = await run(rig, "document");
  expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("replayed: 1 file, nobody was asked") });
  expect(repository.read("docs/list.md")).toBe("a.py\n");
  const still = await run(rig, "document");
  expect(still.stdout).toContain("replayed: nothing to change, nobody was asked");
  expect(stub.requests).toHaveLength(asked);
  // What was edited since is nobody's to overwrite: the agent sees it.
  repository.write({ "docs/list.md": "mine\n" });
  await run(rig, "document");
  expect(stub.requests.length).toBeGreaterThan(asked);
  const more = stub.requests.length;
  repository.write({ "src/b.py": "two = 2\n" });
  const other = await run(rig, "document");
  expect(other.stdout).not.toContain("replayed");
  expect(stub.requests.length).toBeGreaterThan(more);
  expect(repository.read("docs/list.md")).toBe("a.py\nb.py\n");
  // Nobody has to be signed in for what is pinned, until it is cleared away.
  const unsigned = (): Promise<Ran> => symbiotic(repository, ["run", "document"]);
  expect((await unsigned()).stdout).toContain("replayed");
  await symbiotic(repository, ["cache", "clear"]);
  expect(await unsigned()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("SYM5102") });
});

test("an edit outside of what it may write fails the task, and nothing is applied", async () => {
  await using rig = await repositoryWith("claude", "");
  const { repository } = rig;
  repository.write({ "symbiotic.config.ts": config("claude", "").replace('"docs/**"', '"notes/**"') });
  const { exitCode, stdout } = await run(rig, "document");
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining("SYM5002") });
  expect(repository.git("status", "--porcelain", "--", "docs")).toBe("");
});

test("what depends on it fails, and it is not asked", async () => {
  await using rig = await repositoryWith("claude", "");
  const { repository } = rig;
  repository.write({ "symbiotic.config.ts": config("claude", "").replace("wc -l src/*.py", "false") });
  const { exitCode, stdout } = await run(rig, "document");
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringMatching(/document +skipped/) });
  expect(rig.stub.requests).toEqual([]);
});

test.each([
  ["run", /this run has used \$0\.\d\d of \$0\.00/],
  ["day", /agents have used \$0\.\d\d of the \$0\.00 of this day/],
])("the budget of a %s bounds all its agents together", async (of, said) => {
  await using rig = await repositoryWith("claude", "", `agents: { budget: { ${of}: 0.0001 } },`);
  const budget = `agents: { budget: { ${of}: 0.0001 } },`;
  const another = "again: { agent: { task: 'Again.', write: ['docs/**'], use: 'claude' }, inputs: ['src/**'] },";
  const text = config("claude", "", budget).replace("document: {", `${another}\n    document: {`);
  rig.repository.write({ "symbiotic.config.ts": text });
  const names = of === "run" ? ["document", "again"] : ["document"];
  const first = await run(rig, ...names, "--concurrency", "1");
  expect(first).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("SYM5105") });
  const asked = rig.stub.requests.length;
  const last = of === "run" ? first : await run(rig, "again");
  expect(last).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(said) });
  expect(rig.stub.requests).toHaveLength(asked);
});

test("nothing runs beside an agent or after it: its checks do, and they are held", async () => {
  await using rig = await repositoryWith("claude", "");
  const beside = await run(rig, "document", "ruff");
  expect(beside).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/SYM3013 +\S+ runs beside an agent \(app:document\)/),
  });
  const text = config("claude", "").replace(
    "    document: {",
    "    publish: { command: 'true', dependsOn: ['document'] },\n    document: {",
  );
  rig.repository.write({ "symbiotic.config.ts": text });
  const after = await run(rig, "publish");
  expect(after).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/SYM3013 +app:publish would run what is changed by an agent/),
  });
  expect(rig.stub.requests).toEqual([]);
});
