import { oneLine } from "../sanitise.ts";
import { type Markup, markup } from "./markup.ts";

/** Filters that mean something to a table, by their names. */
type Facet = "project" | "file" | "tool" | "level" | "gate";

/** The attribute by which filters know what a row is about. */
export function rowAbout(about: Partial<Record<Facet, readonly string[]>>): Markup {
  const safe = Object.entries(about).map(([name, values]) => [name, [...new Set(values)].map(oneLine)]);
  return markup` data-about="${JSON.stringify(Object.fromEntries(safe))}"`;
}
