import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../support/binary.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { outcomes, summaryOf } from "../support/record.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

// The configuration of the base decides, and nothing that it runs is run where the verdict is made.

const CI = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" };

/** `words` counts the words of its input; its gate wants as many as the option says, and leaves a mark of who decided. */
const ATOMS = `{
  words: work("words", async (io, { options }) => {
    const words = (await io.read("input.txt")).trim().split(/\\s+/).length;
    return found({ metrics: [{ name: "words", value: words, unit: "count" }] });
  }),
}`;
const GATES = `{
  enough: {
    title: "enough words", describe: "d", reads: ["words"], required: () => true,
    decide: ({ tasks, options }) => {
      if (existsSync(new URL("trap", import.meta.url))) process.exit(0);
      const words = tasks[0].evidence.metrics[0].value;
      return { verdict: words >= options.wanted ? "pass" : "fail", measured: String(words), wanted: String(options.wanted) };
    },
    total: ([first]) => first,
  },
}`;
const PARTS = { atoms: ATOMS, gates: GATES, options: "z.strictObject({ wanted: z.number() })", given: "{ wanted: 2 }" };

/** Commits the change on a branch and judges it as CI would. */
function judge(repository: TestRepository, change: Readonly<Record<string, string>>, target = "all"): Promise<Ran> {
  repository.git("checkout", "--quiet", "-B", "topic", "main");
  repository.write(change);
  repository.commit("a change");
  return symbiotic(repository, ["run", target, "--affected"], { env: CI });
}

function verdicts(repository: TestRepository): Readonly<Record<string, string>> {
  return Object.fromEntries(summaryOf(repository).gates.map(({ gate, verdict }) => [gate, verdict]));
}

test("a plugin that is written in the base's configuration judges from a process of its own, with the base's options", async () => {
  using repository = createPluginRepository(PARTS);
  const config = repository.read("symbiotic.config.ts");
  const lowered = { "symbiotic.config.ts": config.replace("wanted: 2", "wanted: 0"), "input.txt": "one\n" };
  expect((await judge(repository, lowered)).exitCode).toBe(1);
  expect(verdicts(repository)).toEqual({ "enough words": "fail", "checks kept": "hold" });
  expect((await judge(repository, { "input.txt": "one two three\n" })).exitCode).toBe(0);
  expect(verdicts(repository)).toEqual({ "enough words": "pass", "checks kept": "pass" });
  expect(outcomes(repository)).toEqual({ "app:words": "ok miss" });
});

test("what such a plugin does to its process is no verdict", async () => {
  using repository = createPluginRepository({ ...PARTS, files: { trap: "" } });
  expect((await judge(repository, { "input.txt": "one two three\n" })).exitCode).toBe(1);
  expect(verdicts(repository)).toMatchObject({ "enough words": "hold" });
});

const DOING: readonly (readonly [what: string, code: string, told: string])[] = [
  ["ends its process well", "process.exit(0);", "SYM1103"],
  ["has its process killed", 'process.kill(process.pid, "SIGKILL"); for (;;);', "SYM1103"],
  ["throws", 'throw new Error("not today");', "SYM1101"],
];

test.each(DOING)("where the base's configuration %s no gate passes", async (_what, code, told) => {
  using repository = createRepository({
    "pyproject.toml": '[project]\nname = "shop"\n[tool.ruff]\n',
    "a.py": "a = 1\n",
  });
  repository.write({ "symbiotic.config.mjs": `export default {};\n${code}\n` });
  repository.commit("a configuration that does something");
  const change = { "symbiotic.config.mjs": "export default {};\n", "a.py": "a = 2\n" };
  const { exitCode, stdout } = await judge(repository, change, "gates");
  expect(exitCode).toBe(1);
  expect(Object.values(verdicts(repository))).toContain("hold");
  expect(Object.values(verdicts(repository))).not.toContain("pass");
  expect(stdout).toContain(`the base cannot judge: ${told}`);
});

test.each(DOING)(
  "where it %s, and what is asked for stands only there, that is the error",
  async (_what, code, told) => {
    using repository = createPluginRepository(PARTS);
    const config = repository.read("symbiotic.config.ts");
    repository.write({ "symbiotic.config.ts": `${config}\n${code}\n` });
    repository.commit("a configuration that does something");
    const { exitCode, stderr } = await judge(repository, { "symbiotic.config.ts": config, "input.txt": "1 2\n" });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(told);
    expect(stderr).toContain("the base cannot judge: ");
  },
);

test("what the base's configuration prints is in nobody's way", async () => {
  using repository = createPluginRepository(PARTS);
  const config = repository.read("symbiotic.config.ts");
  repository.write({ "symbiotic.config.ts": `${config}\nconsole.log("<html>");\nconsole.error("noise");\n` });
  repository.commit("a configuration that prints");
  const { exitCode, stdout, stderr } = await judge(repository, { "input.txt": "1 2\n" });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).not.toMatch(/<html>|noise/);
});

test("it sees the variables of the run, and its plugins get the options that it made of them", async () => {
  using repository = createPluginRepository({ ...PARTS, given: '{ wanted: process.env.CI === "true" ? 2 : 9 }' });
  expect((await judge(repository, { "input.txt": "1 2\n" })).exitCode).toBe(0);
  expect(summaryOf(repository).gates[0]).toMatchObject({ gate: "enough words", measured: "2", verdict: "pass" });
});
