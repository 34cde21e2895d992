import { z } from "zod";

/** Tables of a plugin's README, made from the plugin itself. */

/** @param {any} spec */
export function optionsTable(spec) {
  const schema = z.toJSONSchema(spec.options, { io: "input", unrepresentable: "any" });
  const { properties = {} } = /** @type {any} */ (
    schema.properties ? schema : (schema.anyOf?.[0] ?? schema.allOf?.[0] ?? schema)
  );
  const rows = Object.entries(properties).map(([name, property]) => [
    `\`${name}\``,
    typeOf(property),
    property.default === undefined ? "" : `\`${JSON.stringify(property.default)}\``,
    property.description ?? "",
  ]);
  return table(["option", "type", "default", "means"], rows);
}

/** @param {any} spec */
export function atomsTable(spec) {
  const targets = (/** @type {string} */ id) =>
    Object.entries(spec.targets ?? {}).flatMap(([target, atoms]) =>
      /** @type {any} */ (atoms).includes(id) ? [`\`${target}\``] : [],
    );
  const rows = Object.entries(spec.atoms ?? {}).map(([id, atom]) => [
    `\`${id}\``,
    `\`${atom.alias}\``,
    (atom.implements ?? []).join(", "),
    atom.describe,
    targets(id).join(", "),
  ]);
  return table(["atom", "alias", "catalogue", "does", "targets"], rows);
}

/** @param {any} spec */
export function gatesTable(spec) {
  const rows = Object.entries(spec.gates ?? {}).map(([id, gate]) => [
    `\`${id}\``,
    gate.title,
    gate.reads.map((/** @type {string} */ read) => `\`${read}\``).join(", "),
    gate.describe,
  ]);
  return table(["gate", "title", "reads", "passes while"], rows);
}

/**
 * @param {any} property
 * @returns {string}
 */
function typeOf(property) {
  if (property.enum)
    return property.enum.map((/** @type {unknown} */ value) => `\`${JSON.stringify(value)}\``).join(" or ");
  if (property.anyOf) return property.anyOf.map(typeOf).join(" or ");
  if (property.const !== undefined) return `\`${JSON.stringify(property.const)}\``;
  if (property.type === "array") return `list of ${plural(typeOf(property.items ?? {}))}`;
  if (property.type === "string") return "text";
  if (property.type === "integer") return "number";
  return property.type ?? "value";
}

/** @param {string} type */
function plural(type) {
  return /^[a-z]+$/.test(type) ? `${type}s` : type;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? "").length)));
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [
    line(cells[0] ?? []),
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
    ...cells.slice(1).map(line),
  ].join("\n");
}

/**
 * Puts each table into the section of its name: in the place of the section's first table, or below the heading.
 * @param {string} text
 * @param {Readonly<Record<string, string>>} tables
 * @returns {{ text: string, missing: string[] }}
 */
export function withTables(text, tables) {
  let whole = text;
  const missing = [];
  for (const [heading, own] of Object.entries(tables)) {
    const start = whole.indexOf(`\n## ${heading}\n`);
    if (start < 0) {
      missing.push(heading);
      continue;
    }
    const from = start + heading.length + 5;
    const next = whole.indexOf("\n## ", from);
    const section = whole.slice(from, next < 0 ? undefined : next);
    const old = /(^|\n)(\|.*\n\|[ :|-]+\n(?:\|.*(?:\n|$))*)/.exec(section);
    const made = old === null ? `\n${own}\n${section}` : section.replace(old[2] ?? "", () => `${own}\n`);
    whole = whole.slice(0, from) + made + (next < 0 ? "" : whole.slice(next));
  }
  return { text: whole, missing };
}
