import type { SourceText } from "@symbiotic-build/engine";
import { emptyManifest, type Manifest, type Requirement } from "./manifest.ts";
import { parseRequirement, pathRequirement } from "./requirement.ts";

/** Reads a file of requirements for pip. It never declares a project by itself. */
export function readRequirementsTxt(file: SourceText): Manifest {
  const lines = file.text
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, "").trim());
  return {
    ...emptyManifest(file.path),
    requirements: lines.flatMap((line) => requirementOf(line) ?? []),
    includes: lines.flatMap((line) => /^(?:-r|--requirement)[\s=]*(\S+)/.exec(line)?.[1] ?? []),
  };
}

function requirementOf(line: string): Requirement | undefined {
  const [first = ""] = line.split(/\s+;|;\s|\s+--/);
  if (/^(?:-e|--editable)\b/.test(first)) return parseRequirement(first);
  if (first === "" || first.startsWith("-")) return undefined;
  const isPath = !first.includes("@") && /^\.{1,2}(?:[/\\[]|$)|^file:|^[^\s:]+\/[^\s:]*$/.test(first);
  return isPath ? pathRequirement(first) : parseRequirement(first);
}
