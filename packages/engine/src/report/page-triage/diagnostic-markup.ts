import type { Diagnostic } from "../../core/diagnostic.ts";
import { formatLocation } from "../diagnostic.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** A diagnostic: its code, its sentence, where, and what to do. */
export function diagnosticMarkup({ severity, code, message, location, hint, notes = [] }: Diagnostic): Markup {
  const place = location === undefined ? NOTHING : markup` <span class="at">${formatLocation(location)}</span>`;
  const more = [...notes, ...(hint === undefined ? [] : [hint])].map((line) => markup`<br>${line}`);
  return markup`<p class="diagnostic is-${severity}"><b>${severity} ${code}</b> ${message}${place}${more}</p>`;
}
