import { nameOf, type RepoPath } from "../../core/path.ts";
import { joinIni } from "./join-ini.ts";
import { joinJson } from "./join-json.ts";
import { joinToml, type TextPair } from "./join-toml.ts";

/**
 * The text of a file that holds settings beside other things, with these parts of it (`[tool.ruff]`, `eslintConfig`) as they
 * are at the base, and all else as it is in the change. What it says was compared with that. Undefined where it cannot be made. Pure.
 */
export function joinSettings(path: RepoPath, texts: TextPair, parts: readonly string[]): string | undefined {
  const name = nameOf(path);
  if (name === "package.json") return joinJson(texts, new Set(parts));
  const inside = parts.map((part) => part.replace(/^\[(.*)\]$/, "$1"));
  if (name !== "pyproject.toml") return joinIni(texts, new Set(inside));
  return joinToml(texts, new Set(inside.map((each) => each.replace(/^tool\./, ""))));
}
