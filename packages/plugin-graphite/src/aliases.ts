/** What is called, here and by people who are told to. */
const CALLED = new Set(["track", "state", "submit", "sync", "log", "info", "restack", "init"]);

/** Graphite lets users give its own operations another meaning; what is wrong with such a list. */
export function aliasProblem(text: string): string | undefined {
  for (const line of text.split("\n")) {
    const [alias = "", ...meaning] = line.trim().split(/\s+/);
    if (!alias.startsWith("#") && CALLED.has(alias)) return `\`gt ${alias}\` is an alias of \`${meaning.join(" ")}\``;
  }
  return undefined;
}
