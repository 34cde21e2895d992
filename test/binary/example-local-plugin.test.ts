import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { normalise } from "../support/normalise.ts";
import { ROOT } from "../support/places.ts";
import { outcomes, summaryOf } from "../support/record.ts";
import { createRepository, linkPackages, type Files, type TestRepository } from "../support/repository.ts";

const EXAMPLE = join(ROOT, "examples/local-plugin");

test("the example's plugins find projects, TODO comments and conflicts, and its gate decides", async () => {
  using repository = exampleRepository();
  const { stdout, exitCode } = await symbiotic(repository, ["run", "todos", "pip-check", "--concurrency", "1"]);
  expect(normalise(stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 3 projects · todos pip-check: 4 tasks

      local-plugin   todos       <time>   ok   (never run here before)
      shop           todos       <time>   1 without an owner
      shop           pip check   <time>   ok
      site           todos       <time>   1 without an owner

    shop/src/shop/price.py:6:28  warning no-owner  TODO has no owner                               todos
       6 |     return amount * 120  # TODO: round
         |                            ^

    site/index.html:3:6  warning unknown-owner  nobody is not in OWNERS                            todos
       3 | <!-- FIXME(nobody): a picture -->
         |      ^

    gate               measured   wanted   verdict
    todos owned        2          3        pass

    the gate passes · 4 tasks: 4 run · <time> · .symbiotic/runs/<run>"
  `);
  expect(exitCode).toBe(0);
});

test("a project that a local plugin finds depends on another as its manifest says", async () => {
  using repository = exampleRepository();
  const { stdout } = await symbiotic(repository, ["dependencies", "site", "--json"]);
  expect(JSON.parse(stdout)).toEqual([
    { name: "shop", root: "shop", because: ["site → shop: site/site.json: shows shop"] },
  ]);
});

test("the facts that a plugin reads decide: fewer owners, more findings, and the gate fails", async () => {
  using repository = exampleRepository();
  repository.write({ OWNERS: "grace\n" });
  const { exitCode } = await symbiotic(repository, ["run", "todos"]);
  expect(exitCode).toBe(1);
  expect(summaryOf(repository).findings).toMatchObject([
    { rule: "unknown-owner", message: "ada is not in OWNERS" },
    { rule: "no-owner" },
    { rule: "unknown-owner", message: "nobody is not in OWNERS" },
  ]);
});

test("an edit of a local plugin runs its own tasks again and no others", async () => {
  using repository = exampleRepository();
  await symbiotic(repository, ["run", "todos", "pip-check"]);
  repository.write({
    "tools/todos.ts": repository.read("tools/todos.ts").replace("has no owner", "belongs to nobody"),
  });
  await symbiotic(repository, ["run", "todos", "pip-check"]);
  expect(outcomes(repository)).toEqual({
    "local-plugin:find_orphan_todos": "ok miss",
    "shop:find_orphan_todos": "ok miss",
    "shop:run_pip_check": "ok hit",
    "site:find_orphan_todos": "ok miss",
  });
});

test("a manifest that a local plugin cannot read is an error with the plugin's own code and place", async () => {
  using repository = exampleRepository();
  repository.write({ "site/site.json": "{}\n" });
  const { stderr, exitCode } = await symbiotic(repository, ["projects"]);
  expect(stderr).toMatchInlineSnapshot(`
    "error SITE001  site/site.json is no site
      --> site/site.json
      write a name, and in \`shows\` folders
    "
  `);
  expect(exitCode).toBe(2);
});

test("the example's own tests pass with the packages as they are built", () => {
  using repository = exampleRepository();
  const files = ["pip-check", "todos"].map((name) => join(repository.root, "tools", `${name}.test.ts`));
  const { status, stdout } = spawnSync(process.execPath, ["--test", "--test-reporter=tap", ...files], {
    cwd: repository.root,
    env: { PATH: repository.env["PATH"], HOME: repository.home },
    encoding: "utf8",
  });
  expect(stdout).toContain("# pass 7");
  expect(status).toBe(0);
});

/** The example as a user would have it: copied, committed, with its packages installed. */
function exampleRepository(): TestRepository {
  const names = readdirSync(EXAMPLE, { recursive: true, encoding: "utf8" }).filter(
    (name) => !/(^|[\\/])(node_modules|\.symbiotic)([\\/]|$)/.test(name),
  );
  const files = names.filter((name) => statSync(join(EXAMPLE, name)).isFile());
  const texts: Files = Object.fromEntries(
    files.map((name) => [name.replaceAll("\\", "/"), readFileSync(join(EXAMPLE, name), "utf8")]),
  );
  const repository = createRepository(texts);
  linkPackages(repository.root);
  return repository;
}
