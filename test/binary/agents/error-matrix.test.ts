import { expect, test } from "vitest";
import {
  AGENT_NAMES,
  agentRepository,
  make,
  manifest,
  shell,
  type AgentName,
} from "../../support/agents/repository.ts";
import { symbiotic } from "../../support/binary.ts";
import { processesIn } from "../../support/processes.ts";
import type { Script, Turn } from "../../support/agents/stub-server.ts";

/** What goes wrong, with which flags, how it ends, and what a person is told. */
type Row = readonly [
  what: string,
  script: (name: AgentName) => Script,
  flags: readonly string[],
  end: string,
  told: RegExp,
];

const always =
  (turn: Turn): Row[1] =>
  () => [turn];
const onAndOn: Row[1] =
  (name) =>
  ({ turn }) =>
    shell(name, `echo ${String(turn)}`);
const wrong: Row[1] = (name) => [
  name === "claude"
    ? { calls: [{ name: "StructuredOutput", input: { verdict: "fine" } }] }
    : { text: JSON.stringify({ verdict: "fine" }) },
];
const SOON = ["--timeout", "6"];
const LATE = /SYM5104.*(its time was up|no time left)/s;

const ROWS: readonly Row[] = [
  ...[400, 401, 403, 404, 413].map(
    (status): Row => [`an answer of ${String(status)}`, always({ status }), [], "refused", /SYM5103/],
  ),
  ...[429, 500, 529].map(
    (status): Row => [`answers of ${String(status)} without end`, always({ status }), SOON, "timeout", LATE],
  ),
  ["streams that break off", always({ text: "No", fault: "drop" }), SOON, "timeout", LATE],
  ["streams that are no JSON", always({ text: "No", fault: "malformed" }), SOON, "timeout", LATE],
  ["no answer", always({ fault: "hang" }), ["--timeout", "3"], "timeout", /SYM5104.*its time was up/s],
  ["no reply by the schema", always({ text: "All done." }), [], "bad-reply", /SYM5108.*its reply does not fit/s],
  ["a reply of another schema", wrong, [], "bad-reply", /SYM5108.*its reply does not fit/s],
  ["turn after turn", onAndOn, ["--turns", "2"], "turn-limit", /SYM5106/],
  ["token after token", onAndOn, ["--tokens", "2500"], "budget", /SYM5105/],
];

const CASES = AGENT_NAMES.flatMap((name) => ROWS.map((row): [AgentName, string, Row] => [name, row[0], row]));

test.concurrent.each(CASES)("%s: %s", async (name, _what, [, script, flags, end, told]) => {
  await using rig = await agentRepository(name, script(name));
  const { exitCode, stdout, stderr } = await rig.run("add b", ...flags, "--json");
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  const json = JSON.parse(stdout) as { problems: { code: string; message: string }[] };
  expect(json).toMatchObject({ end, applied: false });
  expect(json.problems.map(({ code, message }) => `${code} ${message}`).join("\n")).toMatch(told);
  expect(rig.repository.git("status", "--porcelain", "--", "src")).toBe("");
  expect(processesIn(rig.repository.home)).toEqual([]);
});

test.concurrent.each(AGENT_NAMES)("%s: a vendor whose connection is refused", async (name) => {
  await using rig = await agentRepository(name, [{ text: "" }]);
  await rig.stub[Symbol.asyncDispose]();
  const { exitCode, stdout } = await rig.run("add b", ...SOON);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining("SYM5104") });
  expect(processesIn(rig.repository.home)).toEqual([]);
});

test.concurrent.each(AGENT_NAMES)(
  "%s: an address in a private network is told before anything is sent there",
  async (name) => {
    await using rig = await agentRepository(name, [make(name, "src/b.py", "two = 2"), manifest(name, ["src/b.py"])]);
    const { exitCode, stderr } = await symbiotic(rig.repository, ["agent", "run", "add b", "--agent", name], {
      env: { ...rig.env, SYMBIOTIC_PRIVATE_ENDPOINTS: undefined },
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/SYM5115 {2}\w+_BASE_URL is not an https address \(http:\/\/127\.0\.0\.1:\d+\)/),
    });
    expect(rig.stub.requests).toEqual([]);
  },
);
