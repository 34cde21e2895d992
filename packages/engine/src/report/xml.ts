import { manyLines, oneLine } from "./sanitise.ts";

/** An element: its name, attributes in order, and what is in it. Attributes that are undefined are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children?: readonly XmlElement[];
  readonly text?: string;
}

/** A document of XML 1.0, well-formed whatever the texts of others in it are. */
export function xmlText(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementLines(root, "").join("\n")}\n`;
}

function elementLines({ name, attributes, children = [], text }: XmlElement, indent: string): string[] {
  const told = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [attribute(key, value)],
  );
  const open = `${indent}<${[name, ...told].join(" ")}`;
  if (text !== undefined) return [`${open}>${escaped(manyLines(text).join("\n"))}</${name}>`];
  if (children.length === 0) return [`${open}/>`];
  return [`${open}>`, ...children.flatMap((child) => elementLines(child, `${indent}  `)), `${indent}</${name}>`];
}

function attribute(key: string, value: string | number): string {
  return `${key}="${escaped(typeof value === "number" ? String(value) : oneLine(value))}"`;
}

/** U+FFFE and U+FFFF are the only characters left that no document may hold. */
function escaped(text: string): string {
  return text.replace(/[&<>"'\ufffe\uffff]/g, (character) => {
    return character >= "\ufffe" ? "\ufffd" : `&#${String(character.charCodeAt(0))};`;
  });
}
