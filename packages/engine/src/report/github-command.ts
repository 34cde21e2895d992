/** Commands of the log of GitHub Actions: lines that start with `::`. */

/** What stands between the name of a command and its text. */
export type Properties = Readonly<Record<string, string | number | undefined>>;

/** A command, escaped: neither a property nor the text can end it or start another. */
export function githubCommand(name: string, properties: Properties, text: string): string {
  const parts = Object.entries(properties).flatMap(([key, value]) => {
    return value === undefined || value === "" ? [] : [`${key}=${escapeProperty(String(value))}`];
  });
  return `::${name}${parts.length > 0 ? ` ${parts.join(",")}` : ""}::${escapeData(text)}`;
}

/** A line of ours with text of others in it, so that the runner does not take it for a command in its new or its old form. */
export function notACommand(line: string): string {
  return line.replace(/^([\s\u180e]*):(?=:)/, "$1: ").replaceAll("##[", "## [");
}

/** Lines that the runner shows and does not obey. The token must be one that their author cannot know. */
export function withoutCommands(lines: readonly string[], token: string): string[] {
  return [githubCommand("stop-commands", {}, token), ...lines, `::${token}::`];
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
