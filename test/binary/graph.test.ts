import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { symbiotic, type Ran } from "../support/binary.ts";
import { openFile, startBrowser } from "../support/browser.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import type { TestRepository } from "../support/repository.ts";

/** core ← api, each generated and built in turn, and linted. */
function twoProjects(): TestRepository {
  return createPluginRepository({
    atoms: `((command) => ({
      generate: step("generate", { command }),
      build: step("build", { title: 'bu"ild</script>', command, dependsOn: ["generate", "^build"] }),
      lint: step("lint", { command }),
    }))(() => ({ argv: ["node", "--eval", ""], cwd: "." }))`,
    gates: `{ lint_clean: { title: "lint clean", describe: "d", reads: ["lint"], required: () => true, decide: () => ({ verdict: "pass", measured: "0", wanted: "0" }), total: () => ({ measured: "0", wanted: "0" }) } }`,
    files: {
      "core/project.json": '{ "name": "core" }\n',
      "core/input.txt": "1\n",
      "api/project.json": '{ "name": "api", "dependsOn": ["core"] }\n',
      "api/input.txt": "1\n",
    },
  });
}

async function told(repository: TestRepository, args: readonly string[]): Promise<string> {
  const ran = await symbiotic(repository, ["graph", ...args]);
  expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
  return ran.stdout;
}

interface GraphJson {
  readonly tasks: readonly {
    readonly id: string;
    readonly expectedMs: number | null;
    readonly affected: string | null;
  }[];
  readonly criticalPath: { readonly tasks: readonly string[]; readonly by: string; readonly expectedMs: number | null };
}

async function json(repository: TestRepository, args: readonly string[]): Promise<GraphJson> {
  return JSON.parse(await told(repository, [...args, "--json"])) as GraphJson;
}

describe("symbiotic graph", () => {
  test("gives the same tasks as Graphviz and Mermaid read them", async () => {
    using repository = twoProjects();
    expect(await told(repository, ["build", "--format", "dot"])).toMatchInlineSnapshot(`
      "digraph "build" {
        rankdir=LR;
        node [shape=box, style=rounded, fontname="Helvetica"];
        subgraph "level 0" {
          rank=same;
          "api:generate" [label="generate\\napi"];
          "core:generate" [label="generate\\ncore", penwidth=2];
        }
        subgraph "level 1" {
          rank=same;
          "core:build" [label="bu\\"ild</script>\\ncore", penwidth=2];
        }
        subgraph "level 2" {
          rank=same;
          "api:build" [label="bu\\"ild</script>\\napi", penwidth=2];
        }
        "core:generate" -> "core:build" [penwidth=2];
        "api:generate" -> "api:build";
        "core:build" -> "api:build" [penwidth=2];
      }
      "
    `);
    expect(await told(repository, ["build", "--format", "mermaid"])).toMatchInlineSnapshot(`
      "flowchart LR
        subgraph level0 ["level 0"]
          n0["generate<br/>api"]
          n1["generate<br/>core"]
        end
        subgraph level1 ["level 1"]
          n2["bu#34;ild#60;/script#62;<br/>core"]
        end
        subgraph level2 ["level 2"]
          n3["bu#34;ild#60;/script#62;<br/>api"]
        end
        n1 ==> n2
        n0 --> n3
        n2 ==> n3
      "
    `);
  });

  test("says the same with --json and --format json, and also in a file", async () => {
    using repository = twoProjects();
    const text = await told(repository, ["all", "--json"]);
    expect(await told(repository, ["all", "--format", "json"])).toBe(text);
    expect(await told(repository, ["all", "--json", "--output", "graph.json"])).toBe("wrote graph.json\n");
    expect(repository.read("graph.json")).toBe(text);
  });

  test("expects a task to take as long as it took, once it has run", async () => {
    using repository = twoProjects();
    const before = await json(repository, ["all"]);
    expect(before.criticalPath).toEqual({
      tasks: ["core:generate", "core:build", "api:build"],
      by: "count",
      expectedMs: null,
    });
    expect(before.tasks.map(({ expectedMs }) => expectedMs)).toEqual([null, null, null, null, null, null]);
    expect((await symbiotic(repository, ["run", "all"])).exitCode).toBe(0);
    const after = await json(repository, ["all"]);
    expect(after.criticalPath.by).toBe("history");
    expect(after.criticalPath.expectedMs).toBeGreaterThan(0);
    expect(after.tasks.every(({ expectedMs }) => expectedMs !== null && Number.isInteger(expectedMs))).toBe(true);
  });

  test("says of an affected task why it is", async () => {
    using repository = twoProjects();
    repository.git("switch", "--quiet", "--create", "work");
    repository.write({ "api/input.txt": "2\n" });
    const { tasks } = await json(repository, ["all", "--affected", "--base", "main"]);
    expect(tasks.map(({ id, affected }) => [id, affected])).toEqual([
      ["api:generate", "api/input.txt changed"],
      ["api:lint", "api/input.txt changed"],
      ["core:generate", null],
      ["core:build", null],
      ["api:build", "api/input.txt changed"],
    ]);
  });

  test("draws the projects in every format, and only those that a filter leaves", async () => {
    using repository = twoProjects();
    expect(await told(repository, ["--projects", "--format", "mermaid"])).toMatchInlineSnapshot(`
      "flowchart LR
        subgraph level0 ["level 0"]
          n0["core"]
        end
        subgraph level1 ["level 1"]
          n1["api"]
        end
        n0 ==> n1
      "
    `);
    expect(await told(repository, ["--projects", "--format", "dot"])).toContain('"core" -> "api" [penwidth=2];');
    expect(await told(repository, ["--projects", "--format", "html"])).toContain("<title>projects</title>");
    expect(await told(repository, ["--projects", "--filter", "core"])).toBe("core  level 0\n");
    expect(JSON.parse(await told(repository, ["--projects", "--json"]))).toEqual({
      levels: 2,
      projects: [
        { name: "api", root: "api", level: 1 },
        { name: "core", root: "core", level: 0 },
      ],
      edges: [{ from: "api", to: "core", because: "project.json" }],
      criticalPath: { projects: ["core", "api"], by: "count" },
    });
  });

  test("writes a page that a browser shows from the disk without asking anywhere", async () => {
    using repository = twoProjects();
    expect(await told(repository, ["all", "--format", "html", "--output", "graph.html"])).toBe("wrote graph.html\n");
    const browser = await startBrowser();
    try {
      await using shown = await openFile(browser, pathToFileURL(join(repository.root, "graph.html")).href);
      expect(await shown.page.locator("#summary").textContent()).toBe("6 tasks, 3 levels");
      await shown.page.keyboard.press("/");
      await shown.page.keyboard.type("core build");
      await shown.page.keyboard.press("Enter");
      expect(await shown.page.locator("#panel h2").textContent()).toBe('bu"ild</script>');
      expect(shown.complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test("says what is wrong with a format, two formats, or a place that cannot be written", async () => {
    using repository = twoProjects();
    expect(wrong(await symbiotic(repository, ["graph", "--format", "svg"]))).toMatchInlineSnapshot(`
      "error SYM2005  --format is \`svg\`: one of text, json, dot, mermaid, html is expected
        \`symbiotic graph --help\` explains it
      "
    `);
    expect(wrong(await symbiotic(repository, ["graph", "--json", "--format", "dot"]))).toMatchInlineSnapshot(`
      "error SYM2041  --json asks for JSON and --format for dot
        leave one of the two out
      "
    `);
    expect(
      wrong(await symbiotic(repository, ["graph", "all", "--output", "no/such/graph.txt"])),
    ).toMatchInlineSnapshot(`
      "error SYM2040  no/such/graph.txt cannot be written: ENOENT
        name with --output a file in a folder that is there and that you may write to
      "
    `);
    expect(existsSync(join(repository.root, "no"))).toBe(false);
  });
});

function wrong({ exitCode, stdout, stderr }: Ran): string {
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  return stderr;
}
