import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { AgentEnd } from "../../plugin/agent.ts";
import { AGENT_ROLES } from "../../config/guard-schema.ts";
import { sessionFolder, sessionFolders } from "../../edit/agent-home.ts";
import type { Asked } from "./asked.ts";

/** What was asked in a session and how that ended: for whoever goes on with it. */
export interface SessionRecord {
  readonly v: 1;
  /** The user's tree. */
  readonly root: string;
  readonly agent: string;
  readonly session: string;
  /** ISO 8601. */
  readonly endedAt: string;
  readonly end: AgentEnd;
  /** The agent's change is in the tree, or there was none to apply. */
  readonly isOver: boolean;
  /** When the usage limit that it ended at is reset, ISO 8601. */
  readonly resetsAt?: string | undefined;
  readonly asked: Asked;
}

const text = z.string();
const texts = z.array(text);
const number = z.number().optional();

const RecordSchema = z.strictObject({
  ...{ v: z.literal(1), root: text, agent: text, session: text, endedAt: text, isOver: z.boolean() },
  end: z.enum([
    ...(["done", "denied", "budget", "turn-limit", "timeout", "usage-limit", "refused", "crashed"] as const),
    "bad-reply",
  ]),
  resetsAt: text.optional(),
  asked: z.strictObject({
    ...{ task: text, role: z.enum(AGENT_ROLES), checks: texts, unsandboxed: z.boolean(), isDry: z.boolean() },
    foreign: z.array(z.strictObject({ what: text, text })),
    ...{
      agent: text.optional(),
      model: text.optional(),
      session: text.optional(),
      files: texts.optional(),
      of: text.optional(),
      branch: text.optional(),
      isInPlace: z.boolean().optional(),
    },
    ...{ rounds: number, waitMinutes: number },
    budget: z.strictObject({ usd: number, turns: number, tokens: number, seconds: number }),
  }),
});

const FILE = "asked.json";

/** Keeps it with its session. Throws what the file system throws. */
export function keepRecord(place: string, record: SessionRecord): void {
  const folder = sessionFolder(place, { name: record.agent, root: record.root, session: record.session });
  writeFileSync(join(folder, FILE), JSON.stringify(record), { mode: 0o600 });
}

/** Those of a tree, newest first; what cannot be read is left out. */
export function recordsOf(place: string, root: string): readonly SessionRecord[] {
  return sessionFolders(place)
    .map((folder) => read(join(folder, FILE)))
    .filter((record) => record !== undefined)
    .filter((record) => record.root === root)
    .sort((one, other) => (one.endedAt < other.endedAt ? 1 : -1));
}

function read(file: string): SessionRecord | undefined {
  try {
    const { success, data } = RecordSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return success ? (data as SessionRecord) : undefined;
  } catch {
    return undefined;
  }
}
