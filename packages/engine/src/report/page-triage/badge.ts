import type { TaskStatus, Verdict } from "../../core/status.ts";
import { type Markup, markup } from "./markup.ts";

const SIGNS = { pass: "✓", fail: "✗", hold: "?" } as const;
const STATUS_SIGNS = { ok: "✓", failed: "✗", broken: "!", skipped: "–" } as const;

/** A verdict as a word with a sign: it is told without colour too. */
export function verdictBadge(verdict: Verdict, required: boolean): Markup {
  const more = required ? "" : " advisory";
  return markup`<span class="badge is-${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${verdict}</span><span class="note">${more}</span>`;
}

/** How a task ended, likewise. */
export function statusBadge(status: TaskStatus | null): Markup {
  if (status === null) return markup`<span class="badge is-hold">unfinished</span>`;
  return markup`<span class="badge is-${status}"><span aria-hidden="true">${STATUS_SIGNS[status]}</span> ${status}</span>`;
}
