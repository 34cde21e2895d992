import { hash } from "node:crypto";
import { html, script, style } from "symbiotic:graph-page";
import { oneLine } from "../sanitise.ts";
import type { GraphView } from "./graph-view.ts";
import { pageData } from "./page-data.ts";

/**
 * The view as one HTML page that needs nothing else: no network, no other file, no server. Its policy lets no script run
 * but its own, whatever the names in the view are. Pure.
 */
export function graphHtml(view: GraphView): string {
  const heading = view.of === "tasks" ? `${view.title} · tasks` : view.title;
  const parts: Readonly<Record<string, string>> = {
    policy: `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash("sha256", script, "base64")}'`,
    title: escaped(oneLine(heading)),
    style,
    data: JSON.stringify(pageData(view)).replaceAll("<", "\\u003c"),
    script,
  };
  return html.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? "");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
