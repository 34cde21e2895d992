import { dirname } from "node:path";
import { createRepository, linkPackages } from "../../test/support/repository.ts";
import { summaryOf } from "../../test/support/record.ts";
import { nativeProgram } from "../../test/support/validators.ts";
import { runs } from "./engine.mjs";

/** So often the benchmark does the same: once more is slower by 20 %. */
const TIMES = 5;

/** @param {number} times @param {string} [comment] */
const work = (times, comment = "") => `${"python3 -c 'sum(range(100000))'\n".repeat(times)}${comment}`;

const FILES = {
  ".gitignore": "node_modules/\n",
  "pyproject.toml": '[project]\nname = "app"\n',
  "work.sh": work(TIMES),
  "symbiotic.config.mjs": `import { hyperfine } from "@symbiotic-build/plugin-hyperfine";
export default { disable: ["pytest"], plugins: [hyperfine({ benchmarks: [{ name: "work", command: "sh work.sh" }] })] };
`,
};

/** A change that is as fast as its base may not fail, and one that is slower by 20 % may not pass. @type {import("./stresses.mjs").Stress} */
export async function performance() {
  const same = await verdictOn(work(TIMES, "# as before\n"));
  const slower = await verdictOn(work(TIMES + 1));
  const told = `as fast ends as ${same}, slower by 20 % as ${slower}`;
  if (same === "fail" || slower === "pass") throw new Error(told);
  return told;
}

/** @param {string} changed what the benchmark does after the change */
async function verdictOn(changed) {
  using repository = createRepository(FILES);
  linkPackages(repository.root);
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.write({ "work.sh": changed });
  const path = `${dirname(nativeProgram("hyperfine"))}:${repository.env["PATH"] ?? ""}`;
  const { all } = await runs(repository, ["run", "performance", "--affected"], { env: { PATH: path } });
  const gate = summaryOf(repository).gates.find(({ id }) => id === "no_performance_regression");
  if (gate === undefined) throw new Error(`no verdict: ${all}`);
  return gate.verdict;
}
