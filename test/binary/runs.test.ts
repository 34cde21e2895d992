import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { normalise } from "../support/normalise.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { killed } from "../support/processes.ts";
import type { TestRepository } from "../support/repository.ts";

const QUICK = `command: () => ({ argv: ["node", "-e", ""] })`;
const ATOMS = `{
  builds: step("builds", { ${QUICK} }),
  tests: step("tests", { dependsOn: ["builds"], command: () => ({ argv: ["node", "-e", "console.log('1 failed'); process.exit(1)"] }) }),
  ships: step("ships", { dependsOn: ["tests"], ${QUICK} }),
}`;

test("runs list has the newest first, with how each ended", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  expect(await told(repository, ["runs", "list"])).toBe("no run is kept here");
  await symbiotic(repository, ["run", "all"]);
  await symbiotic(repository, ["run", "builds"]);
  expect(await told(repository, ["runs", "list"])).toMatchInlineSnapshot(`
    "<run>  just now  builds  passed  1 cached        <time>
    <run>  just now  all     failed  2 run, 1 skipped  <time>"
  `);
  expect(await told(repository, ["runs", "list", "--limit", "1"])).toMatch(/^<run> .* builds +passed/);
  const { stdout } = await symbiotic(repository, ["runs", "list", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject([
    { state: "passed", targets: ["builds"], exitCode: 0, counts: { total: 1, cached: 1 }, resumes: null },
    { state: "failed", targets: ["all"], exitCode: 1, counts: { total: 3, ok: 1, failed: 1, skipped: 1 } },
  ]);
});

test("runs show tells what failed, where its log lies, and the critical path", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  await symbiotic(repository, ["run", "all", "--continue=independent"]);
  expect(await told(repository, ["runs", "show"])).toMatchInlineSnapshot(`
    "run <run>  failed (exit code 1)

      asked    symbiotic run all --continue=independent
      started  <date> (just now)
      took   <time>
      tasks    2 run, 1 skipped

    did not end well
      app:tests  failed  exit code 1: 1 failed  .symbiotic/runs/<run>/logs/app~3atests.log

    critical path  <time>
      app:builds  <time>
      app:tests  <time>

    \`symbiotic run --resume <run>\` goes on with it"
  `);
  const [run = ""] = repository.runs();
  expect(await told(repository, ["runs", "show", basename(run), "--task", "app:tests"])).toMatchInlineSnapshot(`
    "app:tests  failed
      summary     exit code 1: 1 failed
      why it ran  never run here before
      ran       <time>, from <time>, in slot 1
      level       1
      waits for   app:builds
      log         .symbiotic/runs/<run>/logs/app~3atests.log"
  `);
  const log = join(run, "logs", "app~3atests.log");
  expect(readFileSync(log, "utf8")).toBe("1 failed\n");
  const { stdout } = await symbiotic(repository, ["runs", "show", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    run: basename(run),
    state: "failed",
    asked: { positionals: ["all"], values: { continue: "independent" } },
    resumedBy: null,
    criticalPath: { steps: [{ task: "app:builds" }, { task: "app:tests" }] },
  });
});

test("a run that was killed is shown as such, with what was running", async () => {
  using repository = createPluginRepository({
    atoms: `{ first: step("first", { ${QUICK} }), second: step("second", { dependsOn: ["first"] }) }`,
  });
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "all"]);
  const second = await control.next("second");
  expect(await told(repository, ["runs", "list"])).toMatch(/ running +1 of 2 ended /);
  running.kill("SIGKILL");
  await running.ended;
  await killed(second);
  expect(await told(repository, ["runs", "list"])).toMatch(/ crashed +1 of 2 ended /);
  expect(await told(repository, ["runs", "show"])).toMatchInlineSnapshot(`
    "run <run>  crashed: it did not come to its end

      asked        symbiotic run all
      started      <date> (just now)
      known until  <time>
      tasks        1 of 2 ended

    was running
      app:second

    critical path  <time>
      app:first  <time>

    \`symbiotic run --resume <run>\` goes on with it"
  `);
  expect(await told(repository, ["runs", "show", "--task", "app:second"])).toContain("was running when the run ended");
  expect(await told(repository, ["runs", "show", "--profile"])).toContain("it did not come to its end");
});

test("a run in which something ran leaves its trace and its profile; runs show makes them for any run", async () => {
  using repository = createPluginRepository({ atoms: `{ builds: step("builds", { ${QUICK} }) }` });
  await symbiotic(repository, ["run", "all"]);
  await symbiotic(repository, ["run", "all"]);
  const [first = "", second = ""] = repository.runs();
  const files = readdirSync(first).sort();
  expect(files).toEqual(["events.jsonl", "journal.jsonl", "logs", "profile.md", "summary.json", "trace.json"]);
  expect(existsSync(join(second, "trace.json"))).toBe(false);

  const trace = await symbiotic(repository, ["runs", "show", basename(first), "--trace"]);
  expect(JSON.parse(trace.stdout)).toEqual(JSON.parse(readFileSync(join(first, "trace.json"), "utf8")));
  const bars = (JSON.parse(trace.stdout) as { readonly traceEvents: readonly { readonly ph: string }[] }).traceEvents;
  expect(bars.filter(({ ph }) => ph === "X")).toMatchObject([
    {
      name: "app builds",
      tid: 1,
      args: { task: "app:builds", level: 0, cache: "miss", missed: "never run here before" },
    },
  ]);
  const profile = await symbiotic(repository, ["runs", "show", basename(first), "--profile"]);
  expect(profile.stdout).toBe(readFileSync(join(first, "profile.md"), "utf8"));

  const hit = await symbiotic(repository, ["runs", "show", "--trace"]);
  expect(JSON.parse(hit.stdout)).toMatchObject({ otherData: { run: basename(second), exitCode: "0" } });
  expect(await told(repository, ["runs", "show", "--profile"])).toContain("| cache hits | 1 of 1 (100 %)");
});

test("what cannot be shown is said with a way out", async () => {
  using repository = createPluginRepository({ atoms: ATOMS });
  expect(await told(repository, ["runs", "show"])).toMatchInlineSnapshot(`
    "error SYM2021  no run is kept here
      \`symbiotic run gates\` makes one"
  `);
  await symbiotic(repository, ["run", "builds"]);
  expect(await told(repository, ["runs", "show", "20200101-000000-0000"])).toMatchInlineSnapshot(`
    "error SYM2021  there is no run \`<run>\`
      \`symbiotic runs list\` shows those that are kept"
  `);
  expect(await told(repository, ["runs", "show", "--task", "app:build"])).toMatchInlineSnapshot(`
    "error SYM2023  <run> has no task \`app:build\`
      did you mean \`app:builds\`?"
  `);
  expect(await told(repository, ["runs", "show", "--profile", "--trace"])).toMatchInlineSnapshot(`
    "error SYM2022  --profile and --trace ask for two things at once
      choose one of --task, --profile and --trace"
  `);
  expect(await told(repository, ["runs", "drop"])).toMatchInlineSnapshot(`
    "error SYM2007  \`symbiotic runs\` has no \`drop\`
      write \`symbiotic runs list\` or \`symbiotic runs show\`"
  `);
  expect(await told(repository, ["runs", "list", "latest"])).toMatchInlineSnapshot(`
    "error SYM2006  \`symbiotic runs list\` takes no run and no task, got \`latest\`
      \`symbiotic runs show <run>\` tells of one"
  `);
});

test("old runs are removed by the next run, without being asked for; what lies beside them stays", async () => {
  using repository = createPluginRepository({ atoms: `{ builds: step("builds", { ${QUICK} }) }` });
  await symbiotic(repository, ["run", "all"]);
  const folder = join(repository.root, ".symbiotic/runs");
  for (let day = 1; day <= 25; day += 1) mkdirSync(join(folder, `202001${String(day).padStart(2, "0")}-000000-0000`));
  mkdirSync(join(folder, "notes"));
  await symbiotic(repository, ["run", "all"]);
  const left = readdirSync(folder).sort();
  expect(left).toHaveLength(21);
  expect(left[0]).toBe("20200108-000000-0000");
  expect(left).toContain("notes");
});

async function told(repository: TestRepository, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await symbiotic(repository, args);
  return normalise(`${stdout}${stderr}`, repository)
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<date>")
    .replace(/\b\d+(?:\.\d+)?(?:ms|s)\b/g, "<time>");
}
