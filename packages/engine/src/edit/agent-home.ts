import { hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { SessionTotals } from "../agent/drive.ts";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";

/**
 * The home of an agent: one for each session, so that what it leaves there (settings, hooks, its memory) is read by nobody but who goes on
 * with the session.
 */
export interface AgentHome {
  /** Absolute, private. */
  readonly folder: string;
  /** What the session that is gone on with had used, where that was told. */
  readonly totals?: SessionTotals;
  /** The folder of what is kept of a session beside its home, absolute. */
  of(session: string): string;
  /** Keeps it for the session, without what shows that somebody is signed in. */
  keep(session: string, totals: SessionTotals | undefined): void;
}

/** Whose home it is. */
export interface HomeRequest {
  /** Absolute; where homes of sessions are kept. */
  readonly place: string;
  /** The agent's name. */
  readonly name: string;
  /** The user's tree. */
  readonly root: string;
  /** The session to go on with. */
  readonly session?: string;
  /** The folder of a home for a new session: it goes away with what it lies in. */
  readonly fresh: string;
  /** Files in it that show that somebody is signed in. */
  readonly signIn: readonly string[];
}

const KEPT_MS = 14 * 24 * 60 * 60 * 1000;
const TOTALS = "totals.json";
const SESSIONS = "sessions";

const usage = z.strictObject({ input: z.number(), cacheRead: z.number(), cacheWrite: z.number(), output: z.number() });
const TotalsSchema = z.strictObject({ usage, usd: z.number().optional() });

/** Where what is kept of a session lies, absolute; another agent's and another tree's lie elsewhere. */
export function sessionFolder(
  place: string,
  { name, root, session }: { readonly name: string; readonly root: string; readonly session: string },
): string {
  return join(place, SESSIONS, hash("sha256", JSON.stringify([name, root, session])).slice(0, 32));
}

/** The folders of all sessions that are kept, absolute. */
export function sessionFolders(place: string): readonly string[] {
  const all = join(place, SESSIONS);
  return existsSync(all) ? readdirSync(all).map((name) => join(all, name)) : [];
}

/** Opens the home of a session, or makes one. SYM5113 where there is none for it. Throws what the file system throws. */
export function openAgentHome({
  place,
  name,
  root,
  session,
  fresh,
  signIn,
}: HomeRequest): Result<AgentHome, Diagnostic> {
  removeOld(join(place, SESSIONS));
  const kept = (id: string): string => sessionFolder(place, { name, root, session: id });
  const own = session === undefined ? undefined : kept(session);
  if (session !== undefined && (own === undefined || !existsSync(own))) return fail(noSession(name, session));
  const folder = own === undefined ? fresh : join(own, "home");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const totals = own === undefined ? undefined : readTotals(join(own, TOTALS));
  return ok({
    folder,
    of: kept,
    ...(totals === undefined ? {} : { totals }),
    keep(id, used) {
      for (const file of signIn) rmSync(join(folder, file), { force: true });
      const to = kept(id);
      mkdirSync(to, { recursive: true, mode: 0o700 });
      if (folder !== join(to, "home")) {
        rmSync(join(to, "home"), { recursive: true, force: true });
        renameSync(folder, join(to, "home"));
      }
      if (used !== undefined) writeFileSync(join(to, TOTALS), JSON.stringify(used), { mode: 0o600 });
    },
  });
}

function readTotals(file: string): SessionTotals | undefined {
  try {
    const read = TotalsSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (!read.success) return undefined;
    const { usage: used, usd } = read.data;
    return { usage: used, ...(usd === undefined ? {} : { usd }) };
  } catch {
    return undefined;
  }
}

/** Sessions that nobody went on with for two weeks. */
function removeOld(homes: string): void {
  if (!existsSync(homes)) return;
  for (const name of readdirSync(homes)) {
    const place = join(homes, name);
    const stat = statSync(place, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > KEPT_MS) rmSync(place, { recursive: true, force: true });
  }
}

function noSession(name: string, session: string): Diagnostic {
  return errorOf("SYM5113", `${name} has no session ${session} here`, {
    hint: "sessions are kept for two weeks after their last use, for the repository in which they began: begin a new one, without `--resume`",
  });
}
