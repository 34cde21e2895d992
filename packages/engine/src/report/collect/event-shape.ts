import { z } from "zod";
import type { Envelope, RunEvent } from "../../core/event.ts";

const text = z.string();
const texts = z.array(text);
const number = z.number();
const line = z.int().min(1);
const position = z.looseObject({ line, column: line });
const verdict = z.enum(["pass", "fail", "hold"]);
const diagnostic = z.looseObject({
  severity: z.enum(["error", "warning", "info"]),
  code: text,
  message: text,
  location: z.looseObject({ file: text, line: line.optional(), column: line.optional() }).optional(),
  hint: text.optional(),
  notes: texts.optional(),
});
const finding = z.looseObject({
  tool: text,
  rule: text,
  level: z.enum(["error", "warning", "note"]),
  message: text,
  file: text,
  range: z.looseObject({ start: position, end: position.optional() }).optional(),
  helpUrl: text.optional(),
  fix: z.looseObject({ applicability: z.enum(["safe", "unsafe"]), message: text.optional() }).optional(),
  problems: texts.optional(),
});
const outcome = z.enum(["passed", "failed", "error", "skipped", "xfailed", "xpassed"]);
const counts = z.looseObject({
  total: number,
  ok: number,
  failed: number,
  broken: number,
  skipped: number,
  cached: number,
});
const ofProject = { measured: text, verdict, required: z.boolean(), note: text.optional() };
const planned = z.looseObject({
  ...{ id: text, project: text, atom: text, title: text, level: number },
  dependsOn: texts,
});

/** What a report needs of each kind of event; other members are let through. */
const SHAPES = {
  "run-started": z.looseObject({
    version: text,
    startedAt: text,
    targets: texts,
    projects: number,
    slots: number.optional(),
    comparison: z.looseObject({ base: text, commit: text, reason: text, changedFiles: number }).optional(),
    changed: texts.optional(),
    shard: z.looseObject({ index: number, count: number }).optional(),
    resumes: text.optional(),
    intents: z.array(z.looseObject({ intent: text, evidence: texts, add: texts })).optional(),
  }),
  "project-affected": z.looseObject({ project: text, reason: text }),
  "plan-ready": z.looseObject({ levels: number, tasks: z.array(planned) }),
  "task-started": z.looseObject({}),
  "task-output": z.looseObject({}),
  "task-retried": z.looseObject({}),
  "task-finished": z.looseObject({
    status: z.enum(["ok", "failed", "broken", "skipped"]),
    cache: z.enum(["hit", "miss", "off"]),
    ...{ durationMs: number, savedMs: number, summary: text },
    ...{ tool: text.optional(), reason: text.optional(), missed: text.optional(), log: text.optional() },
    attempts: number.optional(),
    served: z.looseObject({ served: number, ran: number, what: text }).optional(),
    diagnostics: z.array(diagnostic).optional(),
  }),
  finding: z.looseObject({ finding, fingerprint: text, known: z.literal(true).optional(), excerpt: text.optional() }),
  test: z.looseObject({
    test: z.looseObject({
      ...{ id: text, outcome, message: text.optional(), file: text.optional() },
      line: line.optional(),
      repro: text.optional(),
    }),
  }),
  measured: z.looseObject({
    metrics: z.array(z.looseObject({ name: text, value: number, unit: text })).optional(),
    coverage: z.record(text, z.looseObject({ executed: text, missing: text })).optional(),
    tests: z.record(text, texts).optional(),
  }),
  progress: z.looseObject({
    ...{ subject: text, done: number, total: number, usd: number, isEstimate: z.boolean(), open: number },
  }),
  "gate-decided": z.looseObject({
    ...{ id: text, gate: text, wanted: text, ...ofProject },
    projects: z.array(z.looseObject({ project: text, ...ofProject, findings: texts.optional() })),
  }),
  diagnostic: z.looseObject({ diagnostic }),
  "run-finished": z.looseObject({
    ...{ exitCode: number, durationMs: number, savedMs: number, tasks: counts, directory: text },
    nothing: text.optional(),
    interrupted: z.enum(["SIGINT", "SIGTERM"]).optional(),
  }),
} as const satisfies Record<RunEvent["type"], z.ZodType>;

const Stamp = z.looseObject({ v: z.literal(1), run: text, seq: number, t: number, task: text.optional() });

/** Whether an envelope has what the reports need of it. */
export function isReportable(envelope: Envelope): boolean {
  return Stamp.safeParse(envelope).success && SHAPES[envelope.event.type].safeParse(envelope.event).success;
}
