import type { Diagnostic } from "./diagnostic.ts";
import { decodePath, pathBytes } from "./path.ts";
import { fail, ok, type Result } from "./result.ts";
import { sha256Hex } from "./sha256.ts";

/** `<subject>:<atom id>`, ASCII, in exactly one spelling. The grammar and its reasons: docs/decisions/0003-task-ids.md. */
export type TaskId = string;

/** What a task is bound to. */
export type Subject =
  | { readonly kind: "project"; readonly name: string }
  | { readonly kind: "file" | "issue" | "spec"; readonly name: string }
  | { readonly kind: "repository" };

const SAFE = /^[A-Za-z0-9._@/+-]+$/;
const KINDS = ["file", "issue", "spec"] as const;
/** Names that Windows keeps for devices, whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)\./;
const FOLDER_MAX = 120;
const ATOM_ID = /^[a-z][a-z0-9_]*$/;

/** Whether this can be an atom's id: snake_case, ASCII. */
export function isAtomId(text: string): boolean {
  return ATOM_ID.test(text);
}

/** The text of a subject: a project's name bare, `file=`, `issue=` or `spec=` before the others, `//` for the repository. */
export function formatSubject(subject: Subject): string {
  if (subject.kind === "repository") return "//";
  const name = escapeName(subject.name);
  return subject.kind === "project" ? name : `${subject.kind}=${name}`;
}

/** The id of the task that binds this atom to this subject. */
export function formatTaskId(subject: Subject, atom: string): TaskId {
  return `${formatSubject(subject)}:${atom}`;
}

/** Reads a task id. Only the spelling that `formatTaskId` gives is accepted, so that one task has one name. */
export function parseTaskId(text: string): Result<{ readonly subject: Subject; readonly atom: string }, Diagnostic> {
  const colon = text.indexOf(":");
  const atom = text.slice(colon + 1);
  if (colon < 1 || !isAtomId(atom)) return fail(notATaskId(text));
  const subject = parseSubject(text.slice(0, colon));
  if (subject === undefined || formatTaskId(subject, atom) !== text) return fail(notATaskId(text));
  return ok({ subject, atom });
}

/**
 * A name for the task's folder under `.symbiotic/out/` that every file system takes, one a task: also where capitals and
 * small letters are not told apart, and however long the id is. A long one ends with its digest.
 */
export function taskFolder(id: TaskId): string {
  const name = id
    .replace(/[^a-z0-9._@+-]/g, (character) => `~${character.charCodeAt(0).toString(16)}`)
    .replace(DEVICE, "$1~2e");
  if (name.length < FOLDER_MAX) return name;
  return `${name.slice(0, FOLDER_MAX - 65)}~${sha256Hex(id)}`;
}

function parseSubject(text: string): Subject | undefined {
  if (text === "//") return { kind: "repository" };
  const equals = text.indexOf("=");
  if (equals < 0) return { kind: "project", name: unescapeName(text) };
  const kind = KINDS.find((known) => known === text.slice(0, equals));
  const name = text.slice(equals + 1);
  return kind === undefined || name === "" ? undefined : { kind, name: unescapeName(name) };
}

function escapeName(name: string): string {
  if (SAFE.test(name) && name !== "//") return name;
  let text = "";
  for (const byte of pathBytes(name)) {
    const character = String.fromCharCode(byte);
    const safe = byte < 0x80 && SAFE.test(character) && !(name === "//" && text === "");
    text += safe ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

function unescapeName(text: string): string {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const hex = text[index] === "%" ? Number.parseInt(text.slice(index + 1, index + 3), 16) : Number.NaN;
    bytes.push(Number.isNaN(hex) ? text.charCodeAt(index) : hex);
    if (!Number.isNaN(hex)) index += 2;
  }
  return decodePath(Buffer.from(bytes));
}

function notATaskId(text: string): Diagnostic {
  return {
    severity: "error",
    code: "SYM2002",
    message: `\`${text}\` is not a task id`,
    hint: "a task id is <project>:<atom id or alias>, as `symbiotic run <target> --dry-run` lists them",
  };
}
