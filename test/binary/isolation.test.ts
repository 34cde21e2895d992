import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createIsolatedRepository, moduleText, type IsolatedPlugin } from "../support/isolated-plugins.ts";
import { normalise } from "../support/normalise.ts";
import { gone, LOOK_MS } from "../support/processes.ts";
import { eventsOf, eventsOfType, outcomes, summaryOf } from "../support/record.ts";
import type { TestRepository } from "../support/repository.ts";

const LOOP = "for (;;);";
/** Comes to no end either, and takes nothing from the tests that run beside this one. */
const HANG = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);";
const DIE = 'process.kill(process.pid, "SIGKILL"); for (;;);';
const HEAP = "const all = []; for (;;) all.push(new Array(1000).fill(Math.random()));";
const BUFFERS = "const all = []; for (;;) all.push(Buffer.alloc(10_000_000, 1));";
const FLOOD = 'for (let i = 0; i < 20_000; i += 1) { console.log("x".repeat(99)); console.error("y".repeat(99)); }';
const SHORT = "limits: { hookMs: 1500 }";

/** Each task's end, with the diagnostics that it has. */
function told(repository: TestRepository): string {
  const { tasks } = summaryOf(repository);
  const lines = tasks.map(({ id, status, diagnostics, reason }) => [
    `${id} ${status}`,
    ...(diagnostics.length === 0 && reason !== null ? [`  ${reason}`] : []),
    ...diagnostics.map(({ code, message }) => `  ${code} ${normalise(message, repository)}`),
  ]);
  return lines.flat().join("\n");
}

/** How often plugins were imported, by process and plugin. */
function imports(repository: TestRepository): readonly string[] {
  return repository.read(".git/imports").split("\n").filter(Boolean);
}

const READER = `
  inspect: { texts: ["words.txt"], facts: ({ texts }) => ok({ words: texts.map(({ text }) => text.trim()) }) },
  atoms: {
    reader: work(async (io, { options, facts }) => {
      io.report({ finding: { tool: "reader", rule: options.word, level: "note", message: facts.words.join(), file: "input.txt" } });
      return { status: "ok", summary: (await io.read("input.txt")).trim(), evidence: { tool: "reader" } };
    }),
    shown: step({ parse: ({ stdout }, { options, tool }) => ok({ status: "ok", summary: stdout.trim() + options.word, evidence: { tool: "shown" } }) }),
  },
  gates: {
    quiet: {
      title: "quiet", describe: "d", reads: ["reader"], required: () => true,
      decide: ({ tasks, threshold }) => ({ verdict: "pass", measured: String(tasks.length), wanted: String(threshold) }),
      total: (all) => ({ measured: String(all.length), wanted: "any" }),
    },
  },
  targets: { all: ["reader", "shown"] },`;

const IMPORTED = `import { defineConfig } from "@symbiotic-build/engine";
import { local } from "./plugin.ts";
import { plugin } from "./reader.ts";

export default defineConfig({ plugins: [local(), plugin({ word: "w" })], disable: ["python", "node", "ruff", "pytest"] });
`;

function createReader(): TestRepository {
  return createIsolatedRepository([{ name: "reader", body: READER, named: 'options: { word: "w" }' }], {
    "words.txt": "alpha\n",
  });
}

test("an isolated plugin gives the results and the keys of the same plugin imported: each is served what the other made", async () => {
  using repository = createReader();
  const named = repository.read("symbiotic.config.ts");
  await symbiotic(repository, ["run", "all"]);
  const isolated = summaryOf(repository);
  repository.write({ "symbiotic.config.ts": IMPORTED });
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:fine": "ok hit", "app:reader": "ok hit", "app:shown": "ok hit" });
  await symbiotic(repository, ["run", "all", "--force"]);
  const imported = summaryOf(repository);
  repository.write({ "symbiotic.config.ts": named });
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:fine": "ok hit", "app:reader": "ok hit", "app:shown": "ok hit" });
  expect(imported.findings).toEqual(isolated.findings);
  expect(imported.findings).toMatchObject([{ rule: "w", message: "alpha" }]);
  expect(imported.gates).toEqual(isolated.gates);
  const ends = ({ tasks }: typeof imported): object[] =>
    tasks.map(({ id, status, summary }) => ({ id, status, summary }));
  expect(ends(imported)).toEqual(ends(isolated));
  expect(ends(isolated)).toContainEqual({ id: "app:shown", status: "ok", summary: "wellw" });
});

test("what an isolated plugin has answered is not asked again: neither a full hit nor another plan starts a process", async () => {
  using repository = createReader();
  const first = await symbiotic(repository, ["run", "all"]);
  expect(first).toMatchObject({ exitCode: 0, stderr: "" });
  const before = imports(repository);
  expect(before.length).toBeGreaterThan(0);
  for (const args of [["run", "all"], ["run", "all", "--dry-run"], ["run", "reader"], ["projects"], ["graph", "all"]])
    expect((await symbiotic(repository, args)).exitCode).toBe(0);
  repository.write({ "elsewhere.txt": "1\n" });
  await symbiotic(repository, ["run", "all"]);
  expect(summaryOf(repository).counts).toMatchObject({ total: 3, cached: 3 });
  expect(imports(repository)).toEqual(before);
});

test("an edit of an isolated plugin is a miss, and so is one of a module that it imports", async () => {
  using repository = createIsolatedRepository(
    [
      {
        name: "acme",
        body: "atoms: { acme: work(async () => ({ ...found, summary: word })) }",
        top: 'import { word } from "./word.ts";',
      },
    ],
    { "word.ts": 'export const word = "one";\n' },
  );
  await symbiotic(repository, ["run", "all"]);
  expect(summaryOf(repository).tasks).toContainEqual(expect.objectContaining({ id: "app:acme", summary: "one" }));
  repository.write({ "word.ts": 'export const word = "two";\n' });
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:acme": "ok miss", "app:fine": "ok hit" });
  expect(summaryOf(repository).tasks).toContainEqual(expect.objectContaining({ id: "app:acme", summary: "two" }));
  repository.write({
    "acme.ts": moduleText({
      name: "acme",
      body: "atoms: { acme: work(async () => ({ ...found, summary: 'three' })) }",
    }),
  });
  await symbiotic(repository, ["run", "all"]);
  expect(outcomes(repository)).toEqual({ "app:acme": "ok miss", "app:fine": "ok hit" });
});

test("tasks of an isolated plugin share a process as those of an imported one do", async () => {
  const folders = ["a", "b", "c"].map((name) => [`${name}/project.json`, `{ "name": "${name}" }\n`] as const);
  using repository = createIsolatedRepository(
    [
      {
        name: "acme",
        named: 'options: { word: "w" }',
        body: `atoms: {
          acme: step({
            applies: ({ project }) => project.root !== ".",
            parse: () => ok(found),
            batch: {
              max: 8,
              key: ({ options }) => options.word,
              command: (contexts) => ({ argv: ["node", "-e", "console.log(process.argv.slice(1).join())", ...contexts.map(({ project, options }) => project.name + options.word)] }),
              parse: ({ stdout }, contexts) => ok(contexts.map(() => ({ ...found, summary: stdout.trim() }))),
            },
          }),
        }`,
      },
    ],
    Object.fromEntries(folders),
  );
  const { exitCode, stderr } = await symbiotic(repository, ["run", "acme", "--concurrency", "1"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const summaries = summaryOf(repository).tasks.flatMap(({ status, summary }) => (status === "ok" ? [summary] : []));
  expect(summaries).toEqual(["aw,bw,cw", "aw,bw,cw", "aw,bw,cw"]);
});

test("options of an isolated plugin are checked by its own schema, at their place", async () => {
  using repository = createIsolatedRepository([{ name: "acme", named: "options: { wrod: 1 }" }]);
  const { exitCode, stderr } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("SYM1203");
  expect(stderr).toContain("options of acme: word");
});

test("a plugin that goes wrong while it is loaded is an error with its place; several are told at once", async () => {
  using repository = createIsolatedRepository([
    { name: "throws", top: 'throw new Error("no luck");' },
    { name: "exits", top: "process.exit(0);" },
    { name: "exits_three", top: "process.exit(3);" },
    { name: "dies", top: DIE },
    { name: "loops", top: LOOP, named: "limits: { loadMs: 2500 }" },
    {
      name: "waits",
      top: "setInterval(() => {}, 1000); await new Promise(() => {});",
      named: "limits: { loadMs: 2500 }",
    },
    {
      name: "throws_late",
      top: 'setTimeout(() => { throw new TypeError("too late"); }); await new Promise(() => {});',
    },
    { name: "grows", top: HEAP, named: "limits: { memoryMb: 96 }" },
    { name: "exports_nothing", body: "}); const unused = ({" },
    { name: "no_json", body: "more: new Date(0), atoms: {}" },
    { name: "starved", named: "limits: { memoryMb: 1 }" },
  ]);
  repository.write({ "exports_nothing.ts": "export const other = 1;\n" });
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "all"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(
    normalise(stderr, repository)
      .match(/^(?:error|warning) .*/gm)
      ?.join("\n"),
  ).toMatchInlineSnapshot(`
    "error SYM1306  file://<root>/throws.ts cannot be loaded: no luck
    error SYM1307  the process of the isolated plugin ./exits.ts ended before it answered \`what it offers\`
    error SYM1307  the process of the isolated plugin ./exits_three.ts ended before it answered \`what it offers\`
    error SYM1307  the process of the isolated plugin ./dies.ts ended before it answered \`what it offers\`
    error SYM1307  the isolated plugin ./loops.ts was not loaded within 2.5 s; it was ended
    error SYM1307  the isolated plugin ./waits.ts was not loaded within 2.5 s; it was ended
    error SYM1307  the process of the isolated plugin ./throws_late.ts ended before it answered \`what it offers\`: TypeError: too late
    error SYM1307  the isolated plugin ./grows.ts took more than 96 MiB in \`what it offers\`; it was ended
    error SYM1301  file://<root>/exports_nothing.ts exports no \`plugin\`
    error SYM1307  what the isolated plugin ./no_json.ts gave for \`what it offers\` cannot be used: it is not JSON: no functions, promises, dates or instances of classes
    error SYM1307  no process of the isolated plugin ./starved.ts could be started to ask \`what it offers\`"
  `);
  expect(stderr.match(/--> symbiotic\.config\.ts:5:/g)).toHaveLength(11);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  ["projects", "looking for projects", 'discovery: { files: ["**/project.json"], projects: () => { HERE } }'],
  ["facts", "reading the settings of app", "inspect: { texts: [], facts: () => { HERE } }"],
  ["derive", "deriving atoms", "derive: () => { HERE }"],
])("what goes wrong in `%s` ends the command before a task starts, in time", async (hook, doing, member) => {
  using repository = createIsolatedRepository([{ name: "acme", named: SHORT }]);
  const manners = [
    ['throw new Error("no luck");', "SYM4009", "threw: no luck"],
    ["process.exit(0);", "SYM4041", "the process of the isolated plugin ./acme.ts ended before it answered"],
    [HANG, "SYM4040", "did not answer"],
    ["return Promise.resolve();", "SYM4043", "it is not JSON"],
  ] as const;
  for (const [code, diagnostic, says] of manners) {
    const body = `${member.replace("HERE", code)}, atoms: { acme: step() }`;
    repository.write({ "acme.ts": moduleText({ name: "acme", body }) });
    const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "all"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`error ${diagnostic}  the plugin acme, ${doing}`);
    expect(stderr).toContain(says);
    expect(stderr).toMatch(diagnostic === "SYM4009" ? /acme/ : new RegExp(`\\b${hook}\``));
    expect(stderr).toMatch(/this is an error of the plugin/);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});

test("what goes wrong in a hook breaks the tasks of that plugin alone, whatever it does", async () => {
  const inputs = (code: string): string => `inputs: () => { ${code} }`;
  const one = (name: string, more: string, named = SHORT): IsolatedPlugin => ({
    name,
    body: `atoms: { ${name}: step({ ${more} }) }`,
    named,
  });
  using repository = createIsolatedRepository([
    one("throws", inputs('throw new Error("no luck");')),
    one("exits", inputs("process.exit(0);")),
    one("exits_three", inputs("process.exit(3);")),
    one("dies", inputs(DIE)),
    one("grows", inputs(HEAP), "limits: { memoryMb: 96 }"),
    one("grows_outside", inputs(BUFFERS), "limits: { memoryMb: 96 }"),
    one("promises", inputs("return Promise.resolve({});")),
    one("functions", inputs("return { files: [() => 1] };")),
    one("circles", inputs("const circle = {}; circle.circle = circle; return circle;")),
    one("huge", inputs('return { files: ["x".repeat(20_000_000)] };')),
    one("loops_in_applies", `applies: () => { ${HANG} }`),
    one("loops_in_tools", `tools: () => { ${HANG} }`),
    one("loops_in_inputs", inputs(LOOP)),
    one("loops_in_command", `command: () => { ${HANG} }`),
    one("loops_in_when", `when: () => { ${HANG} }`),
  ]);
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "all"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(stdout).not.toMatch(/^\s+at .*node_modules/m);
  expect(told(repository)).toMatchInlineSnapshot(`
    "app:circles broken
      SYM4043 app:circles: inputs or command: what the isolated plugin ./circles.ts gave for \`atoms.circles.inputs\` cannot be used: it is not JSON: it holds itself, or is nested too deep
    app:dies broken
      SYM4041 app:dies: inputs or command: the process of the isolated plugin ./dies.ts ended before it answered \`atoms.dies.inputs\`
    app:exits broken
      SYM4041 app:exits: inputs or command: the process of the isolated plugin ./exits.ts ended before it answered \`atoms.exits.inputs\`
    app:exits_three broken
      SYM4041 app:exits_three: inputs or command: the process of the isolated plugin ./exits_three.ts ended before it answered \`atoms.exits_three.inputs\`
    app:fine ok
    app:functions broken
      SYM4043 app:functions: inputs or command: what the isolated plugin ./functions.ts gave for \`atoms.functions.inputs\` cannot be used: it is not JSON: no functions, promises, dates or instances of classes
    app:grows broken
      SYM4042 app:grows: inputs or command: the isolated plugin ./grows.ts took more than 96 MiB in \`atoms.grows.inputs\`; it was ended
    app:grows_outside broken
      SYM4042 app:grows_outside: inputs or command: the isolated plugin ./grows_outside.ts took more than 96 MiB in \`atoms.grows_outside.inputs\`; it was ended
    app:huge broken
      SYM4043 app:huge: inputs or command: what the isolated plugin ./huge.ts gave for \`atoms.huge.inputs\` cannot be used: it is longer than 16 MiB
    app:loops_in_applies broken
      SYM4040 app:loops_in_applies: applies: the isolated plugin ./loops_in_applies.ts did not answer \`atoms.loops_in_applies.applies\` within 1.5 s; it was ended
    app:loops_in_command broken
      SYM4040 app:loops_in_command: inputs or command: the isolated plugin ./loops_in_command.ts did not answer \`atoms.loops_in_command.command\` within 1.5 s; it was ended
    app:loops_in_inputs broken
      SYM4040 app:loops_in_inputs: inputs or command: the isolated plugin ./loops_in_inputs.ts did not answer \`atoms.loops_in_inputs.inputs\` within 1.5 s; it was ended
    app:loops_in_tools broken
      SYM4040 app:loops_in_tools: tools: the isolated plugin ./loops_in_tools.ts did not answer \`atoms.loops_in_tools.tools\` within 1.5 s; it was ended
    app:loops_in_when broken
      SYM4040 app:loops_in_when: when: the isolated plugin ./loops_in_when.ts did not answer \`atoms.loops_in_when.when\` within 1.5 s; it was ended
    app:promises broken
      SYM4043 app:promises: inputs or command: what the isolated plugin ./promises.ts gave for \`atoms.promises.inputs\` cannot be used: it is not JSON: no functions, promises, dates or instances of classes
    app:throws broken
      SYM4009 app:throws: inputs or command threw: no luck"
  `);
});

test("what goes wrong in the work of a task breaks that task alone, whatever it does", async () => {
  const atom = (code: string, more = ""): string => `work(async (io) => { ${code} return found; }, { ${more} })`;
  using repository = createIsolatedRepository([
    {
      name: "acme",
      named: "limits: { memoryMb: 128 }",
      body: `atoms: {
        acme: ${atom("")},
        throws: ${atom('throw new Error("no luck");')},
        throws_late: ${atom('setTimeout(() => { throw new TypeError("too late"); }); await new Promise(() => {});')},
        exits: ${atom("process.exit(0);")},
        exits_three: ${atom("process.exit(3);")},
        dies: ${atom(DIE)},
        disconnects: ${atom("process.disconnect(); await new Promise(() => {});")},
        loops: ${atom(LOOP, "timeoutMs: 400")},
        waits: ${atom("await new Promise(() => {});", "timeoutMs: 400")},
        grows: ${atom(HEAP)},
        grows_outside: ${atom(BUFFERS)},
        sends: ${atom('process.send(null); process.send("x"); process.send({ type: "process-started", pid: 1 }); process.send({ type: "line", line: 1 }); process.send({ type: "line", stream: "other", line: "x" });')},
        circles: ${atom("const data = {}; data.data = data; return { ...found, evidence: { tool: 'acme', data } };")},
        numbers: ${atom("return { ...found, evidence: { tool: 'acme', data: { count: 1n } } };")},
        returns_nothing: ${atom("return undefined;")},
        throws_in_parse: step({ parse: () => { throw new Error("no luck"); } }),
        exits_in_parse: step({ parse: () => process.exit(0) }),
        loops_in_parse: step({ parse: () => { ${HANG} }, timeoutMs: 1500 }),
      },
      targets: { all: ["acme", "throws", "throws_late", "exits", "exits_three", "dies", "disconnects", "loops", "waits", "grows", "grows_outside", "sends", "circles", "numbers", "returns_nothing", "throws_in_parse", "exits_in_parse", "loops_in_parse"] },`,
    },
    {
      name: "huge",
      body: `atoms: {
        huge: ${atom('return { ...found, evidence: { tool: "acme", data: "x".repeat(70_000_000) } };')},
      }`,
    },
  ]);
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "all"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(stdout).not.toMatch(/^\s+at .*node_modules/m);
  expect(told(repository)).toMatchInlineSnapshot(`
    "app:acme ok
    app:circles broken
      SYM4015 circles of the plugin acme gave no outcome that can be used: Converting circular structure to JSON
    app:dies broken
      SYM4008 the process of the isolated plugin acme ended before dies did: it exited or crashed
    app:disconnects broken
      SYM4008 the process of the isolated plugin acme ended before disconnects did: it exited or crashed
    app:exits broken
      SYM4008 the process of the isolated plugin acme ended before exits did: it exited or crashed
    app:exits_in_parse broken
      SYM4008 the process of the isolated plugin acme ended before exits_in_parse did: it exited or crashed
    app:exits_three broken
      SYM4008 the process of the isolated plugin acme ended before exits_three did: it exited or crashed
    app:fine ok
    app:grows broken
      SYM4008 the process of the isolated plugin acme ended before grows did: it took more than 128 MiB
    app:grows_outside broken
      SYM4008 the process of the isolated plugin acme ended before grows_outside did: it took more than 128 MiB
    app:huge broken
      SYM4015 huge of the plugin huge gave no outcome that can be used: it is longer than 64 MiB
    app:loops broken
      SYM4005 loops: it took longer than 0.4 s and was ended
    app:loops_in_parse broken
      SYM4005 loops_in_parse: it took longer than 1.5 s and was ended
    app:numbers broken
      SYM4015 numbers of the plugin acme gave no outcome that can be used: Do not know how to serialize a BigInt
    app:returns_nothing broken
      SYM4015 returns_nothing of its plugin gave no outcome that can be used: it is no object
    app:sends ok
    app:throws broken
      SYM4006 the plugin acme threw in throws: no luck
    app:throws_in_parse broken
      SYM4006 the plugin acme threw in throws_in_parse: no luck
    app:throws_late broken
      SYM4008 the process of the isolated plugin acme ended before throws_late did: it exited or crashed: TypeError: too late
    app:waits broken
      SYM4005 waits: it took longer than 0.4 s and was ended"
  `);
});

test("a gate that hangs holds, and others stand", async () => {
  const gate = (decide: string): string =>
    `{ title: "t", describe: "d", reads: ["fine"], required: () => true, decide: () => { ${decide} }, total: () => ({ measured: "1", wanted: "1" }) }`;
  using repository = createIsolatedRepository([
    { name: "hangs", body: `gates: { hanging: ${gate(HANG)} }, targets: {}`, named: SHORT },
    {
      name: "stands",
      body: `gates: { standing: ${gate('return { verdict: "pass", measured: "1", wanted: "1" };')} }, targets: {}`,
    },
  ]);
  const { exitCode } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(1);
  expect(summaryOf(repository).gates).toMatchObject([
    { verdict: "hold", note: expect.stringContaining("did not answer") as string },
    { verdict: "pass" },
  ]);
});

test("what an isolated plugin prints is left out of the report, and that is said", async () => {
  using repository = createIsolatedRepository([
    {
      name: "shouts",
      top: FLOOD,
      body: `atoms: { shouts: step({ inputs: () => { ${FLOOD} return { files: ["input.txt"] }; } }) }`,
    },
    {
      name: "chats",
      body: `atoms: { chats: work(async (io) => { ${FLOOD} io.report({ progress: "half way" }); return found; }) }`,
    },
  ]);
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "all", "--output-logs", "full"]);
  expect(exitCode).toBe(0);
  expect(`${stdout}${stderr}`).not.toMatch(/xxx|yyy/);
  expect(outcomes(repository)).toEqual({ "app:chats": "ok miss", "app:fine": "ok miss", "app:shouts": "ok miss" });
  expect(stderr).toContain("warning SYM4044  the isolated plugin ./shouts.ts printed 8000 kB, which is left out");
  const lines = eventsOfType(eventsOf(repository), "task-output").map(({ line }) => line);
  expect(lines).toEqual(
    expect.arrayContaining(["half way", "[4000 kB that the isolated plugin chats printed left out]"]),
  );
  expect((await symbiotic(repository, ["run", "all"])).stderr).toBe("");
});

test("the environment is not visible to an isolated plugin", async () => {
  using repository = createIsolatedRepository([
    { name: "acme", body: "atoms: { acme: work(async () => ({ ...found, summary: `${process.env.ACME_TOKEN}` })) }" },
  ]);
  await symbiotic(repository, ["run", "acme"], { env: { ACME_TOKEN: "t0k3n" } });
  expect(summaryOf(repository).tasks).toMatchObject([{ id: "app:acme", summary: "undefined" }]);
});

/** The process that a plugin has said that it is, once it has. */
async function pidIn(repository: TestRepository): Promise<number> {
  for (;;) {
    try {
      const text = readFileSync(join(repository.root, ".git/pid"), "utf8");
      if (text.endsWith("\n")) return Number(text);
    } catch {
      // It has not begun.
    }
    await pause(LOOK_MS);
  }
}

const SAY = 'writeFileSync(inGit("pid"), `${process.pid}\\n`);';

test.each([
  ["a task", `atoms: { acme: work(async () => { ${SAY} ${LOOP} }) }`, "SIGINT", 130],
  ["a task", `atoms: { acme: work(async () => { ${SAY} ${LOOP} }) }`, "SIGTERM", 143],
  ["a hook", `atoms: { acme: step({ inputs: () => { ${SAY} ${LOOP} } }) }`, "SIGINT", 130],
  ["a task", `atoms: { acme: work(async () => { ${SAY} ${LOOP} }) }`, "SIGKILL", null],
  ["a hook", `atoms: { acme: step({ inputs: () => { ${SAY} ${LOOP} } }) }`, "SIGKILL", null],
] as const)(
  "no process is left of a plugin that hangs in %s when the run is ended by $2",
  async (_where, body, signal, code) => {
    using repository = createIsolatedRepository([{ name: "acme", body, named: "limits: { hookMs: 1500 }" }]);
    const running = startSymbiotic(repository, ["run", "all"]);
    const pid = await pidIn(repository);
    running.kill(signal);
    expect((await running.ended).exitCode).toBe(code);
    await gone([pid]);
  },
);

test("a plugin that is asked for too much of it is not asked again in that run", async () => {
  using repository = createIsolatedRepository(
    [{ name: "acme", body: `atoms: { acme: step({ inputs: () => { ${HANG} } }) }`, named: "limits: { hookMs: 1000 }" }],
    Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`p${String(index)}/project.json`, `{ "name": "p${String(index)}" }\n`]),
    ),
  );
  const { exitCode } = await symbiotic(repository, ["run", "acme"]);
  expect(exitCode).toBe(1);
  const { tasks } = summaryOf(repository);
  expect(tasks.map(({ status }) => status)).toEqual(Array.from({ length: 21 }, () => "broken"));
  expect(tasks.filter(({ diagnostics }) => diagnostics[0]?.message.includes("is not asked for"))).toHaveLength(20);
  const last = eventsOf(repository).at(-1)?.t ?? Infinity;
  expect(last).toBeLessThan(10_000);
});

test.each([
  ["a module of Node's own", "fs", "the package `fs` is not installed"],
  ["a path to nothing", "./nowhere.ts", "there is no module `./nowhere.ts`"],
])("a name that leads to no plugin is an error: %s", async (_title, use, message) => {
  using repository = createIsolatedRepository([]);
  repository.write({ "symbiotic.config.ts": `export default { plugins: [{ use: "${use}" }] };\n` });
  const { exitCode, stderr } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`SYM1304  plugins[0].use: ${message}`);
});
