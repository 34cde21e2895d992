import { nameOf } from "../../core/path.ts";

const BY_ENDING: Readonly<Record<string, string>> = {
  ...Object.fromEntries("py pyi pyw ipynb".split(" ").map((each) => [each, "python"])),
  ...Object.fromEntries("js mjs cjs jsx ts mts cts tsx vue svelte html".split(" ").map((each) => [each, "javascript"])),
  ...Object.fromEntries("sh bash zsh fish ksh".split(" ").map((each) => [each, "shell"])),
  ...Object.fromEntries("md mdx rst txt csv adoc".split(" ").map((each) => [each, "prose"])),
  ...Object.fromEntries("json jsonl yaml yml toml ini cfg xml".split(" ").map((each) => [each, "data"])),
  sql: "sql",
};

/** Which language's patterns concern a file, by its name. */
export function languageOf(path: string): string {
  const ending = endingOf(path).slice(1);
  return Object.hasOwn(BY_ENDING, ending) ? (BY_ENDING[ending] ?? "other") : "other";
}

/** How a file's name ends, with its dot and in small letters; its whole name where it has no ending. */
export function endingOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot).toLowerCase() : name;
}
