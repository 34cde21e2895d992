import xterm from "@xterm/headless";
import { expect, test } from "vitest";
import {
  begin,
  envelopes,
  finished,
  firstContact,
  hit,
  output,
  plan,
  ran,
  report,
  type Step,
  started,
} from "../../test/report/sample-run.ts";
import { errorOf } from "../core/diagnostic.ts";
import { createPlainReporter } from "./plain.ts";
import type { Reporter, StreamName } from "./reporter.ts";
import { createTerminalReporter, type TerminalSettings } from "./terminal.ts";

/** A reporter at a terminal, with a clock and a timer that the test moves. */
class Rig {
  readonly terminal: xterm.Terminal;
  readonly writes: { stream: StreamName; text: string }[] = [];
  readonly reporter: Reporter;
  #now = 0;
  #frame: (() => void) | undefined;
  #at = 0;

  constructor(columns = 100, rows = 24, settings: Partial<TerminalSettings> = {}) {
    this.terminal = new xterm.Terminal({
      cols: columns,
      rows,
      convertEol: true,
      allowProposedApi: true,
      scrollback: 1000,
    });
    this.reporter = createTerminalReporter({
      write: (stream, text) => this.writes.push({ stream, text }),
      colour: true,
      size: () => ({ columns: this.terminal.cols, rows: this.terminal.rows }),
      now: () => this.#now,
      every: (_milliseconds, callback) => {
        this.#frame = callback;
        return () => (this.#frame = undefined);
      },
      ...settings,
    });
  }

  get hasTimer(): boolean {
    return this.#frame !== undefined;
  }

  handle(...steps: readonly Step[]): this {
    for (const envelope of envelopes(steps)) this.reporter.handle(envelope);
    return this;
  }

  /** Lets time pass, with a frame every 100 ms. */
  pass(milliseconds: number): this {
    for (let passed = 0; passed < milliseconds; passed += 100) {
      this.#now += 100;
      this.#frame?.();
    }
    return this;
  }

  /** Takes what was written since the last look to the terminal. */
  async settle(): Promise<void> {
    const text = this.writes
      .slice(this.#at)
      .map((write) => write.text)
      .join("");
    this.#at = this.writes.length;
    await new Promise<void>((resolve) => this.terminal.write(text, resolve));
  }

  /** All that the terminal shows, scrolled back to its beginning. */
  async screen(): Promise<string> {
    return this.#text(false);
  }

  /** The same, with lines that the terminal wrapped made whole. */
  async unwrapped(): Promise<string> {
    return this.#text(true);
  }

  async #text(isWhole: boolean): Promise<string> {
    await this.settle();
    const { active } = this.terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, index) => active.getLine(index));
    const text = lines.map(
      (line) => `${isWhole && line?.isWrapped === true ? "" : "\n"}${line?.translateToString(true) ?? ""}`,
    );
    return `${text.join("").trimEnd()}\n`;
  }
}

const twoProjects = [started, plan("api:ruff=ruff lint", "api:pytest=pytest", "cli:pytest=pytest")] as const;

test("below the log stands what runs just now, for how long, and how much is done", async () => {
  const rig = new Rig().handle(...twoProjects, ["api:ruff", begin], ["api:pytest", begin]).pass(1200);
  rig.handle(["api:ruff", ran(210, "ok")], ["cli:pytest", begin]).pass(300);
  expect(await rig.screen()).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects · gates: 3 tasks

      api   ruff lint     0.2s   ok
      api   pytest        1.5s
      cli   pytest        0.3s
      1/3 · 2 running · 1.5s
    "
  `);
});

test("what is left at the end is what the plain reporter prints, and nothing else", async () => {
  const rig = new Rig();
  for (const step of firstContact) rig.handle(step).pass(500);
  rig.reporter.close();
  expect(await rig.screen()).toBe(`\n${report((write) => createPlainReporter({ write }), firstContact).stdout}`);
  expect(rig.hasTimer).toBe(false);
});

test("lines are permanent also when more come than the screen holds", async () => {
  const ids = Array.from({ length: 60 }, (_, index) => `p${String(index)}:t`);
  const steps = [
    started,
    plan(...ids.map((id) => `${id}=t`)),
    ...ids.map((id): Step => [id, begin, ran(100, `done ${id}`)]),
  ] as const;
  const rig = new Rig(80, 10);
  for (const step of steps) rig.handle(step).pass(100);
  rig.handle(finished({ total: 60, ok: 60 }));
  const lines = (await rig.screen()).split("\n");
  expect(lines.filter((line) => line.includes("done")).map((line) => line.replace(/.*done /, ""))).toEqual(ids);
  expect(lines.filter((line) => line.includes("running"))).toEqual([]);
});

test("a frame with nothing new to keep is one write, to stderr", () => {
  const rig = new Rig().handle(...twoProjects, ["api:pytest", begin]);
  const before = rig.writes.length;
  rig.pass(500);
  expect(rig.writes.slice(before).map((write) => write.stream)).toEqual([
    "stderr",
    "stderr",
    "stderr",
    "stderr",
    "stderr",
  ]);
});

test("however many tasks end between two frames, they are written with the next frame", () => {
  const rig = new Rig().handle(...twoProjects, ["api:pytest", begin]);
  const before = rig.writes.length;
  rig.handle(["api:ruff", ran(1, "ok")], ["cli:pytest", ran(1, "ok")]);
  expect(rig.writes).toHaveLength(before);
  rig.pass(100);
  expect(rig.writes.slice(before).map((write) => write.stream)).toEqual(["stderr", "stdout", "stderr"]);
});

test("the report goes to stdout without a trace of the live region", () => {
  const rig = new Rig(100, 24, { colour: false });
  for (const step of firstContact) rig.handle(step).pass(300);
  rig.reporter.close();
  const stdout = rig.writes
    .filter((write) => write.stream === "stdout")
    .map((write) => write.text)
    .join("");
  expect(stdout).toBe(report((write) => createPlainReporter({ write }), firstContact).stdout);
});

test("a run in which all was cached starts no timer and hides no cursor", () => {
  const rig = new Rig().handle(...twoProjects, ["api:ruff", hit(1, "ok")], finished({ total: 1, ok: 1, cached: 1 }));
  rig.reporter.close();
  expect(rig.writes).toEqual([{ stream: "stdout", text: "1 task, 1 cached · 61ms\n" }]);
});

test("the cursor is hidden while something runs and shown at the end, also of a run that was cut off", async () => {
  const rig = new Rig().handle(...twoProjects, ["api:pytest", begin]).pass(300);
  const all = (): string => rig.writes.map((write) => write.text).join("");
  expect(all()).toContain("\u001b[?25l");
  expect(all()).not.toContain("\u001b[?25h");
  rig.reporter.close();
  expect(all().endsWith("\u001b[?25h")).toBe(true);
  expect(rig.hasTimer).toBe(false);
  expect(await rig.screen()).not.toContain("running");
});

test("names are cut to the terminal by columns, and the time stays", async () => {
  const rig = new Rig(30, 10).handle(
    started,
    plan("api:a=漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字", "web-frontend-shop:b=a very long title indeed"),
  );
  rig.handle(["api:a", begin], ["web-frontend-shop:b", begin]).pass(2500);
  expect(await rig.screen()).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects ·
     gates: 2 tasks
      api      漢字漢字…     2.5s
      web-f…   a very l…     2.5s
      0/2 · 2 running · 2.5s
    "
  `);
});

test.each([1, 2, 5, 9, 12, 20])("a terminal of %i columns is not broken", async (columns) => {
  const rig = new Rig(columns, 6).handle(...twoProjects, ["api:pytest", begin], ["cli:pytest", begin]).pass(1000);
  await rig.settle();
  const { active } = rig.terminal.buffer;
  expect(active.length).toBeLessThanOrEqual(6 + active.baseY);
  rig.handle(finished({ total: 0 }));
  expect(await rig.screen()).not.toContain("0/3");
});

test("a name that the terminal draws wider than it should is cut, and the region keeps its place", async () => {
  const title = "\u3040".repeat(12); // not assigned: some terminals give it two columns
  const rig = new Rig(40, 10).handle(started, plan(`api:t=${title}`), ["api:t", begin]).pass(1000);
  expect((await rig.screen()).match(/0\/1/g)).toHaveLength(1);
  rig.handle(["api:t", ran(900, "ok")], finished({ total: 1, ok: 1 }));
  expect((await rig.screen()).match(/\u3040+/g)).toHaveLength(1);
});

test("where the line of counters does not fit, it is only how much is done", async () => {
  const rig = new Rig(15, 10).handle(...twoProjects, ["api:pytest", begin]).pass(100);
  expect((await rig.screen()).split("\n")).toContain("0/3");
});

test("more tasks than the region holds are counted", async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `api:t${String(index)}`);
  const rig = new Rig(60, 8)
    .handle(started, plan(...ids.map((id) => `${id}=t`)), ...ids.map((id): Step => [id, begin]))
    .pass(100);
  const screen = await rig.screen();
  expect(screen).toContain("0/30 · 30 running");
  expect(screen.split("\n").length).toBeLessThanOrEqual(8 + 3);
});

test.each([
  [100, 30],
  [30, 100],
  [100, 11],
])("a new size, %i to %i columns, leaves nothing of the old region", async (from, to) => {
  const rig = new Rig(from, 20)
    .handle(...twoProjects, ["api:ruff", begin, ran(1, "ok")], ["api:pytest", begin], ["cli:pytest", begin])
    .pass(500);
  await rig.settle();
  rig.terminal.resize(to, 20);
  rig.pass(500);
  expect((await rig.screen()).match(/1\/3/g)).toHaveLength(1);
  rig.handle(["api:pytest", ran(900, "3 passed")], ["cli:pytest", ran(900, "4 passed")], finished({ total: 3, ok: 3 }));
  const screen = await rig.unwrapped();
  expect(screen).not.toContain("1/3");
  expect(screen.match(/passed/g)).toHaveLength(2);
});

test("an error while tasks run stands in the log in its order, on stderr", async () => {
  const rig = new Rig().handle(...twoProjects, ["api:pytest", begin]).pass(200);
  rig.handle({ type: "diagnostic", diagnostic: errorOf("SYM6001", "the cache cannot be written") }, [
    "api:pytest",
    ran(5, "ok"),
  ]);
  rig.handle(finished({ total: 1, ok: 1 }));
  const screen = await rig.screen();
  expect(screen.indexOf("SYM6001")).toBeGreaterThan(screen.indexOf("pytest"));
  expect(screen).toMatch(/\nerror SYM6001 {2}the cache cannot be written\n\n1 task: 1 run/);
});

test("hostile names and logs move nothing on the screen", async () => {
  const nasty = "\u001b[2J\u001b[H\u001b[?1049h\u001b]0;x\u0007evil\u001b[10A";
  const rig = new Rig(80, 12, { outputLogs: "full" }).handle(started, plan(`api:t=${nasty}`, "api:u=good"), [
    "api:u",
    begin,
    ran(1, "kept"),
  ]);
  rig.handle(["api:t", begin, output(nasty), output(`\u001b[31mred${nasty}`)]).pass(300);
  rig.handle(["api:t", ran(1, nasty)], finished({ total: 2, ok: 2 }));
  const screen = await rig.screen();
  expect(screen).toContain("kept");
  expect(screen).toContain("| evil\n   | redevil\n");
  expect(rig.terminal.buffer.active.type).toBe("normal");
});
