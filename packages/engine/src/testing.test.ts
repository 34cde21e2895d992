import * as z from "zod";
import { expect, test } from "vitest";
import { errorOf } from "./core/diagnostic.ts";
import { fail, ok } from "./core/result.ts";
import { parentOf } from "./core/path.ts";
import type { Agent } from "./plugin/agent.ts";
import type { Outcome } from "./plugin/atom.ts";
import { definePlugin, testPlugin } from "./testing.ts";

const words = definePlugin({
  api: 1,
  name: "words",
  from: import.meta.url,
  options: z.strictObject({ least: z.number().default(1), from: z.string().optional() }).prefault({}),
  discovery: {
    files: ["**/words.json"],
    projects: ({ files }) =>
      ok(
        files.map(({ path, text }) => {
          const { name, dependsOn = [] } = JSON.parse(text) as { name: string; dependsOn?: string[] };
          const edges = dependsOn.map((root) => ({ root, because: path }));
          return { name, root: parentOf(path), manifests: [path], dependsOn: edges, tags: [], environments: [] };
        }),
      ),
  },
  inspect: {
    texts: ["style.txt"],
    facts: ({ texts, options }) => {
      const [nearest] = texts;
      if (nearest?.text === "broken")
        return fail([errorOf("W0001", "no style", { hint: "write one", location: { file: nearest.path, line: 2 } })]);
      return ok({ style: nearest?.text ?? options.from ?? "none" });
    },
  },
  atoms: {
    count_words: {
      kind: "build",
      alias: "words",
      title: "words",
      describe: "Count words",
      applies: ({ facts }) => facts.style !== "mute" || { skipped: "the style is mute" },
      inputs: () => ({
        files: ["**/*.txt", "!secret.txt"],
        upstreamFiles: ["**/*.txt"],
        configs: ["style.txt"],
        variables: ["LANG"],
      }),
      outputs: () => ["count.txt"],
      run: async (io, { options, project }) => {
        const texts = await Promise.all((await io.list("**/*.txt")).map((path) => io.read(path)));
        const count = texts.flatMap((text) => text.split(/\s+/)).filter((word) => word.length >= options.least).length;
        await io.write(`${project.root === "." ? "" : `${project.root}/`}count.txt`, String(count));
        io.report({ metric: { name: "words", value: count, unit: "words" } });
        io.report({ progress: `in ${io.env("LANG") ?? "no language"}` });
        return { status: "ok", summary: `${String(count)} words`, evidence: { tool: "words" } };
      },
    },
    peek: {
      kind: "check",
      title: "peek",
      describe: "Reads what it did not declare",
      inputs: () => ({}),
      run: async (io) => {
        await io.read("secret.txt");
        return { status: "ok", summary: "", evidence: { tool: "words" } };
      },
    },
    mumble: {
      kind: "check",
      title: "mumble",
      describe: "Gives a finding without a rule",
      inputs: () => ({}),
      command: () => ({ argv: ["mumble"] }),
      parse: ({ stdout }) => ok(JSON.parse(stdout) as Outcome),
    },
    spell: {
      kind: "check",
      title: "spell",
      describe: "Ask a speller",
      tools: () => [{ kind: "python-module", name: "speller", module: "speller.main", distribution: "speller" }],
      inputs: () => ({}),
      command: ({ tool, out }) => ({
        argv: [...tool.argv, "--version", tool.version, "--report", `${out}/report.txt`],
      }),
    },
  },
  gates: {
    enough_words: {
      title: "enough words",
      describe: "There are enough words",
      reads: ["count_words"],
      required: ({ facts }) => facts.style === "long",
      decide: ({ tasks, threshold }) => {
        const value = tasks[0]?.evidence?.metrics?.[0]?.value ?? 0;
        return {
          verdict: value >= (threshold ?? 3) ? "pass" : "fail",
          measured: String(value),
          wanted: String(threshold ?? 3),
        };
      },
      total: ([first]) => ({ measured: first?.measured ?? "", wanted: first?.wanted ?? "" }),
    },
  },
});

const PAIR = {
  "a/words.json": '{ "name": "a", "dependsOn": ["b"] }',
  "a/one.txt": "one",
  "a/secret.txt": "hidden",
  "b/words.json": '{ "name": "b" }',
  "b/two.txt": "two words",
};

test("options are parsed: defaults are filled in", () => {
  expect(testPlugin(words({ from: "x" })).options).toEqual({ least: 1, from: "x" });
});

test("every wrong option is listed in one error, with the names that there are", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(words({ least: "x", lest: 2 }))).toThrowErrorMatchingInlineSnapshot(`
    [Error: the engine refuses the plugin words:
      SYM1204 options.least: Invalid input: expected number, received string
      SYM1203 options.lest is not an option; there is: least, from]
  `);
});

test("a definition that the engine refuses is thrown with its code and its way out", () => {
  const broken = definePlugin({
    api: 1,
    name: "broken",
    from: "here",
    options: z.strictObject({}).default({}),
    atoms: {
      "Not-Snake": { kind: "check", title: "", describe: "", inputs: () => ({}), command: () => ({ argv: ["x"] }) },
    },
  });
  expect(() => testPlugin(broken())).toThrowErrorMatchingInlineSnapshot(`
    [Error: the engine refuses the plugin broken:
      SYM1302 broken: \`from\` is not a module's URL: write \`from: import.meta.url\`
      SYM1302 broken: \`Not-Snake\` is not an atom id: an atom id is snake_case: letters, digits and \`_\`]
  `);
});

test("an agent without all its parts is refused, and so is one whose name nobody could type", () => {
  const agent = { title: "", describe: "", tool: { bin: "x" }, signIn: {}, variables: [] };
  const broken = definePlugin({
    api: 1,
    name: "broken",
    from: import.meta.url,
    options: z.strictObject({}).default({}),
    // What is not written in TypeScript may be anything.
    agents: { "No Name": agent } as unknown as Readonly<Record<string, Agent>>,
  });
  expect(() => testPlugin(broken())).toThrowErrorMatchingInlineSnapshot(`
    [Error: the engine refuses the plugin broken:
      SYM1302 broken: \`No Name\` is not an agent's name: write it as people type it: \`claude\`
      SYM1302 broken: agent \`No Name\` lacks a part: give it a \`tool\` with \`bin\`, \`package\`, \`version\` and \`natives\`, a \`signIn\`, \`command\`, \`read\` and \`end\`]
  `);
});

test("projects are those that the plugin finds, with their edges; without a plugin that looks there is one", () => {
  expect(testPlugin(words(), { files: PAIR }).projects).toMatchObject([
    { name: "a", root: "a", dependsOn: ["b"] },
    { name: "b", root: "b", dependsOn: [] },
  ]);
  const plain = definePlugin({ api: 1, name: "plain", from: import.meta.url, options: z.strictObject({}).default({}) });
  expect(testPlugin(plain()).projects).toMatchObject([{ name: "app", root: "." }]);
  expect(testPlugin(plain(), { files: PAIR, beside: [words()] }).projects.map(({ name }) => name)).toEqual(["a", "b"]);
});

test("facts are read from the nearest file, and their error is thrown with its place", () => {
  const files = { ...PAIR, "style.txt": "long", "b/style.txt": "short" };
  expect(testPlugin(words(), { files }).facts("a")).toEqual({ style: "long" });
  expect(testPlugin(words(), { files }).facts("b")).toEqual({ style: "short" });
  expect(() =>
    testPlugin(words(), { files: { ...PAIR, "style.txt": "broken" } }).facts("a"),
  ).toThrowErrorMatchingInlineSnapshot(`
    [Error: the engine refuses the plugin words:
      W0001 no style (style.txt:2): write one]
  `);
});

test("an atom says whether it applies, what it reads and which files those are", () => {
  const atom = testPlugin(words(), { files: { ...PAIR, "style.txt": "long" } }).atom("words", "a");
  expect(atom.applies).toBe(true);
  expect(atom.inputs.variables).toEqual(["LANG"]);
  expect(atom.inputFiles).toEqual(["a/one.txt", "b/two.txt", "style.txt"]);
  expect(atom.outputs).toEqual(["a/count.txt"]);
  expect(testPlugin(words({ from: "mute" }), { files: PAIR }).atom("count_words", "a").applies).toEqual({
    skipped: "the style is mute",
  });
});

test("a function runs over the files in memory; what it writes and reports is handed back", async () => {
  const result = await testPlugin(words({ least: 4 }), { files: PAIR })
    .atom("words", "a")
    .run({ env: { LANG: "C" } });
  expect(result).toEqual({
    outcome: {
      status: "ok",
      summary: "1 words",
      evidence: { tool: "words", metrics: [{ name: "words", value: 1, unit: "words" }] },
    },
    written: { "a/count.txt": "1" },
    removed: [],
    progress: ["in C"],
  });
});

test("a function that reads what it did not declare is refused, as in a run", async () => {
  await expect(testPlugin(words(), { files: PAIR }).atom("peek", "a").run()).rejects.toThrow(
    "it read secret.txt, which is none of its inputs",
  );
});

test("a command is made with a tool that nobody installed, written as tokens", () => {
  const atom = testPlugin(words(), { files: PAIR }).atom("spell", "a");
  expect(atom.command({ version: "2.0" }).argv).toEqual([
    "{python}",
    "-m",
    "speller.main",
    "--version",
    "2.0",
    "--report",
    ".symbiotic/out/a~3aspell/report.txt",
  ]);
  expect(atom.parse({ exitCode: 3 })).toEqual({
    ok: true,
    value: { status: "failed", summary: "exit code 3", evidence: { tool: "speller" } },
  });
});

test("an outcome that the engine could not use is refused, as in a run", () => {
  const atom = testPlugin(words(), { files: PAIR }).atom("mumble", "a");
  const outcome = {
    status: "ok",
    summary: "",
    evidence: { tool: "mumble", findings: [{ tool: "mumble", message: "x" }] },
  };
  expect(() => atom.parse({ stdout: JSON.stringify(outcome) })).toThrow(
    "mumble gave no outcome that can be used: findings[0]",
  );
});

test("a gate is asked as the engine asks it: thresholds, what it requires, and no evidence", async () => {
  const kit = testPlugin(words(), { files: PAIR });
  const { outcome } = await kit.atom("words", "a").run();
  expect(kit.gate("enough_words", "a").decide({ words: outcome })).toMatchObject({
    verdict: "pass",
    measured: "3",
    wanted: "3",
    required: false,
  });
  expect(kit.gate("enough_words", "a").decide({ words: outcome }, { threshold: 9, required: true })).toMatchObject({
    verdict: "fail",
    required: true,
  });
  expect(kit.gate("enough_words", "a").decide({ words: "not installed" })).toMatchObject({
    verdict: "hold",
    note: "not installed",
  });
  const long = testPlugin(words({ from: "long" }), { files: PAIR }).gate("enough_words", "a");
  expect([{}, { advisory: true }].map((more) => long.decide({ words: outcome }, more).required)).toEqual([true, false]);
});

test("what is not there is named together with what is", () => {
  const kit = testPlugin(words(), { files: PAIR });
  expect(() => kit.atom("word", "a")).toThrow("there is no atom `word`; there is: count_words, peek, mumble, spell");
  expect(() => kit.atom("words")).toThrow("which project? a, b");
  expect(() => kit.gate("words", "a")).toThrow("there is no gate `words`; there is: enough_words");
  expect(() => kit.atom("words", "c")).toThrow("there is no project `c`; there is: a, b");
  expect(() => kit.atom("words", "a").command()).toThrow("count_words is a function");
});
