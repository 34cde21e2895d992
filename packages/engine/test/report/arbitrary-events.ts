import fc from "fast-check";
import type { Diagnostic } from "../../src/core/diagnostic.ts";
import type { Envelope, RunEvent } from "../../src/core/event.ts";
import type { Finding, TestOutcome } from "../../src/core/evidence.ts";

/** What hostile or careless tools put into their names and messages. */
const NASTY = [
  "\u001b[2J\u001b[H",
  "\u001b]0;title\u0007",
  "\u001b]8;;https://example.com\u001b\\link",
  "\u001b]52;c;aGk=",
  "\u001b\u001b[31m[2J",
  "\u001b[31mred",
  "\u009b2J",
  "\u009d0;x\u009c",
  "a\rb",
  "a\r\nb\n\nc",
  "\n::add-mask::x",
  "::add-mask::x",
  " \u2003::add-mask::x",
  "x ##[add-mask]x",
  "\u202egnp.exe",
  "\udc80\udcff",
  "\ud800",
  "\u0000\u0007\b\u007f",
  "漢字 \u{1f600} e\u0301",
  "%0A,::",
  "",
];

/** Any text, the nasty ones often. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string(),
  fc.string({ unit: "binary" }),
);

const line: fc.Arbitrary<number> = fc.integer({ min: 1, max: 2000 });
const amount: fc.Arbitrary<number> = fc.oneof(fc.nat(200_000), fc.double({ min: 0, max: 1e9, noNaN: true }));
const verdict = fc.constantFrom("pass" as const, "fail" as const, "hold" as const);
const position = fc.record({ line, column: line });

const diagnostic = fc.record<Diagnostic, "severity" | "code" | "message">(
  {
    severity: fc.constantFrom("error", "warning", "info"),
    code: text,
    message: text,
    location: fc.record({ file: text, line, column: line, length: line }, { requiredKeys: ["file"] }),
    excerpt: text,
    hint: text,
    notes: fc.array(text, { maxLength: 3 }),
  },
  { requiredKeys: ["severity", "code", "message"] },
);

const finding = fc.record<Finding, "tool" | "rule" | "level" | "message" | "file">(
  {
    tool: text,
    rule: text,
    level: fc.constantFrom("error", "warning", "note"),
    message: text,
    file: text,
    range: fc.record({ start: position, end: position }, { requiredKeys: ["start"] }),
    helpUrl: fc.oneof(text, fc.webUrl()),
    problems: fc.array(fc.oneof(text, fc.constantFrom("CWE-78", "bandit/B602")), { maxLength: 2 }),
    fix: fc.record(
      { applicability: fc.constantFrom("safe", "unsafe"), message: text },
      { requiredKeys: ["applicability"] },
    ),
  },
  { requiredKeys: ["tool", "rule", "level", "message", "file"] },
);

const outcome = fc.record<TestOutcome, "id" | "outcome">(
  {
    id: text,
    outcome: fc.constantFrom("passed", "failed", "error", "skipped", "xfailed", "xpassed"),
    message: text,
    file: text,
    line,
    repro: text,
  },
  { requiredKeys: ["id", "outcome"] },
);

const ofProject = fc.record(
  {
    ...{ project: text, measured: text, verdict, required: fc.boolean(), note: text },
    findings: fc.array(fc.stringMatching(/^[0-9a-f]{32}$/), { maxLength: 2 }),
  },
  { requiredKeys: ["project", "measured", "verdict", "required"] },
);

const counts = fc.record({
  total: fc.nat(50),
  ok: fc.nat(50),
  failed: fc.nat(50),
  broken: fc.nat(50),
  skipped: fc.nat(50),
  cached: fc.nat(50),
});

const ranges = fc.oneof(text, fc.stringMatching(/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?){0,3}$/));

const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record(
    {
      type: fc.constant("run-started" as const),
      version: text,
      startedAt: text,
      targets: fc.array(text, { maxLength: 3 }),
      projects: fc.nat(5),
      comparison: fc.record({ base: text, commit: text, reason: text, changedFiles: fc.nat() }),
      changed: fc.array(text, { maxLength: 3 }),
    },
    { requiredKeys: ["type", "version", "startedAt", "targets", "projects"] },
  ),
  fc.record({ type: fc.constant("project-affected" as const), project: text, reason: text }),
  fc.record({
    type: fc.constant("plan-ready" as const),
    levels: fc.nat(3),
    tasks: fc.array(
      fc.record({
        id: text,
        project: text,
        atom: text,
        title: text,
        level: fc.nat(3),
        dependsOn: fc.array(text, { maxLength: 2 }),
      }),
      { maxLength: 4 },
    ),
  }),
  fc.record({ type: fc.constant("task-started" as const) }),
  fc.record({
    type: fc.constant("task-output" as const),
    stream: fc.constantFrom("stdout" as const, "stderr" as const),
    line: text,
  }),
  fc.record({
    type: fc.constant("task-retried" as const),
    attempt: fc.nat(5),
    attempts: fc.nat(5),
    reason: text,
    durationMs: amount,
    log: text,
  }),
  fc.record(
    {
      type: fc.constant("task-finished" as const),
      status: fc.constantFrom("ok" as const, "failed" as const, "broken" as const, "skipped" as const),
      cache: fc.constantFrom("hit" as const, "miss" as const, "off" as const),
      durationMs: amount,
      savedMs: amount,
      summary: text,
      tool: text,
      reason: text,
      attempts: fc.nat(5),
      flaky: fc.constant(true as const),
      missed: text,
      diagnostics: fc.array(diagnostic, { maxLength: 2 }),
      log: text,
    },
    { requiredKeys: ["type", "status", "cache", "durationMs", "savedMs", "summary"] },
  ),
  fc.record(
    {
      type: fc.constant("finding" as const),
      finding,
      fingerprint: fc.stringMatching(/^[0-9a-f]{32}$/),
      known: fc.constant(true as const),
      excerpt: text,
    },
    { requiredKeys: ["type", "finding", "fingerprint"] },
  ),
  fc.record({ type: fc.constant("test" as const), test: outcome }),
  fc.record(
    {
      type: fc.constant("measured" as const),
      metrics: fc.array(fc.record({ name: text, value: fc.nat(100), unit: text }), { maxLength: 3 }),
      coverage: fc.dictionary(text, fc.record({ executed: ranges, missing: ranges }), { maxKeys: 3 }),
      tests: fc.record(
        { passed: fc.array(text, { maxLength: 3 }), skipped: fc.array(text, { maxLength: 3 }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record({
    ...{ type: fc.constant("progress" as const), subject: text, done: fc.nat(50), total: fc.nat(50) },
    ...{ usd: fc.double({ min: 0, max: 100, noNaN: true }), isEstimate: fc.boolean(), open: fc.nat(50) },
  }),
  fc.record(
    {
      type: fc.constant("gate-decided" as const),
      id: text,
      gate: text,
      measured: text,
      wanted: text,
      verdict,
      required: fc.boolean(),
      note: text,
      projects: fc.array(ofProject, { maxLength: 3 }),
    },
    { requiredKeys: ["type", "id", "gate", "measured", "wanted", "verdict", "required", "projects"] },
  ),
  fc.record({ type: fc.constant("diagnostic" as const), diagnostic }),
  fc.record(
    {
      type: fc.constant("run-finished" as const),
      exitCode: fc.constantFrom(0, 1, 2, 130, 143),
      durationMs: amount,
      savedMs: amount,
      tasks: counts,
      directory: text,
      nothing: text,
      interrupted: fc.constantFrom("SIGINT" as const, "SIGTERM" as const),
    },
    { requiredKeys: ["type", "exitCode", "durationMs", "savedMs", "tasks", "directory"] },
  ),
);

/** Events in any order, with and without tasks, of few tasks so that they meet. */
export const anyEnvelopes: fc.Arbitrary<Envelope[]> = fc
  .array(
    fc.record({
      task: fc.option(fc.constantFrom("api:ruff", "cli:ruff", "::x\n\u001b[2J:y"), { nil: undefined }),
      event,
    }),
    { maxLength: 25 },
  )
  .map((steps) =>
    steps.map(({ task, event: what }, seq) => ({
      v: 1,
      run: "r1",
      seq,
      t: seq,
      ...(task === undefined ? {} : { task }),
      event: what,
    })),
  );
