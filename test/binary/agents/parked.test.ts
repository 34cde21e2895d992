import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AGENT_NAMES, agentRepository, make, manifest, type AgentName } from "../../support/agents/repository.ts";
import { symbiotic } from "../../support/binary.ts";
import type { Turn } from "../../support/agents/stub-server.ts";

/** The vendor's answer at a usage limit that is reset at a time, in seconds. */
function limit(name: AgentName, at: number): Turn {
  if (name === "codex") return { status: 429, error: { type: "usage_limit_reached", plan_type: "pro", resets_at: at } };
  const headers = {
    "anthropic-ratelimit-unified-status": "rejected",
    "anthropic-ratelimit-unified-reset": String(at),
    "anthropic-ratelimit-unified-representative-claim": "five_hour",
  };
  return { status: 429, headers };
}

/** Usage limits are those of a subscription. */
const SUBSCRIBED = { ANTHROPIC_API_KEY: undefined, CLAUDE_CODE_OAUTH_TOKEN: "sk-ant-oat01-dummy" };
const later = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const LOOK_BACK = /You were (interrupted|stopped)/;

describe.each(AGENT_NAMES)("%s", (name) => {
  const env = name === "claude" ? SUBSCRIBED : {};

  test("at a usage limit it waits for the reset where it may, and the same session goes on", async () => {
    let isLimited = true;
    await using rig = await agentRepository(name, ({ turn, body }) => {
      if (LOOK_BACK.test(JSON.stringify(body))) return manifest(name, ["src/b.py"]);
      if (turn === 0) return make(name, "src/b.py", "two = 2");
      // Codex tells it to the minute.
      const answer = isLimited ? limit(name, later(name === "codex" ? -60 : 2)) : manifest(name, ["src/b.py"]);
      isLimited = false;
      return answer;
    });
    const args = ["agent", "run", "add b", "--agent", name, "--wait", "5", "--timeout", "60"];
    const { exitCode, stdout, stderr } = await symbiotic(rig.repository, args, { env: { ...rig.env, ...env } });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining("1 file changed"),
      stderr: expect.stringMatching(/ {2}parked {2}a usage limit is reached; it goes on at \d{4}-\d\d-\d\dT/),
    });
    expect(rig.repository.read("src/b.py")).toBe("two = 2\n");
  });

  test("where it may not wait it is parked: what it did is brought back, and the session goes on", async () => {
    await using rig = await agentRepository(name, ({ turn, body }) => {
      const text = JSON.stringify(body);
      if (LOOK_BACK.test(text)) return manifest(name, ["src/b.py"]);
      return turn === 0 ? make(name, "src/b.py", "two = 2") : limit(name, later(3600));
    });
    const all = { env: { ...rig.env, ...env } };
    const first = await symbiotic(rig.repository, ["agent", "run", "add b", "--agent", name, "--allow", "src"], all);
    expect(first).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("SYM5107") });
    expect(first.stdout).toMatch(/parked until [\dT:-]+Z; then go on with `symbiotic agent resume \S+`/);
    expect(rig.repository.git("status", "--porcelain", "--", "src")).toBe("");
    const kept = await symbiotic(rig.repository, ["agent", "sessions"], all);
    expect(kept.stdout).toMatch(new RegExp(`^${name} +\\S+ +just now +parked until [\\dT:-]+Z +add b$`, "m"));
    const second = await symbiotic(rig.repository, ["agent", "resume"], all);
    expect(second).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("policy: write src ") });
    expect(rig.repository.read("src/b.py")).toBe("two = 2\n");
    expect((await symbiotic(rig.repository, ["agent", "resume"], all)).stderr).toContain("SYM5113");
  });

  test("a task of the graph is parked too: until the reset nobody is asked, and then its session goes on", async () => {
    const at = { seconds: later(3600) };
    let isLimited = true;
    await using rig = await agentRepository(
      name,
      ({ turn, body }) => {
        if (turn === 0 && !JSON.stringify(body).includes("two = 2")) return make(name, "src/b.py", "two = 2");
        return isLimited ? limit(name, at.seconds) : manifest(name, ["src/b.py"]);
      },
      { "symbiotic.config.json": TASK },
    );
    const all = { env: { ...rig.env, ...env } };
    const first = await symbiotic(rig.repository, ["run", "add_b"], all);
    expect(first).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("SYM5107") });
    const asked = rig.stub.requests.length;
    const second = await symbiotic(rig.repository, ["run", "add_b"], all);
    expect(second).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("SYM5114") });
    expect(rig.stub.requests).toHaveLength(asked);
    resetNow(rig.repository.home);
    isLimited = false;
    const third = await symbiotic(rig.repository, ["run", "add_b"], all);
    expect(third, third.stdout).toMatchObject({ exitCode: 0 });
    expect(rig.repository.read("src/b.py")).toBe("two = 2\n");
  });
});

const TASK = JSON.stringify({ atoms: { add_b: { agent: { task: "add b", write: ["src/**"] } } } });

/** As if the limits of all sessions were reset by now. */
function resetNow(home: string): void {
  const sessions = join(home, ".cache/symbiotic/agent/sessions");
  for (const name of readdirSync(sessions)) {
    const file = join(sessions, name, "asked.json");
    const record = JSON.parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, JSON.stringify({ ...record, resetsAt: new Date(Date.now() - 1000).toISOString() }));
  }
}
