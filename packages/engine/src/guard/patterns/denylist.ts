/** A text that no change may add, found in a line. */
export interface FoundPattern {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** What it does, to stand behind the name of what holds it: `evaluates a text as code`. */
  readonly says: string;
}

/** A text of the configuration's own: plain text, whatever its case. */
export interface OwnPattern {
  readonly name: string;
  readonly text: string;
  readonly says: string;
}

/**
 * One kind of text. Each is read in linear time, however a line was made: what a pattern repeats has a bound, and is
 * small.
 */
interface Pattern {
  readonly name: string;
  readonly languages: readonly string[];
  readonly says: string;
  readonly isIn: (line: string) => boolean;
}

const is = (pattern: RegExp) => (line: string) => pattern.test(line);
const CODE = ["python", "javascript", "shell", "sql", "other", "data"] as const;

/** A call of a name that is not a member of something and not being defined. */
const call = (names: string) => is(new RegExp(String.raw`(?<![\w.$])(?<!def )(?<!function )(?:${names})\s{0,8}\(`));

const PATTERNS: readonly Pattern[] = [
  { name: "eval", languages: ["python", "javascript"], says: "evaluates a text as code", isIn: call("eval") },
  { name: "exec", languages: ["python"], says: "runs a text as code", isIn: call("exec") },
  {
    name: "function-constructor",
    languages: ["javascript"],
    says: "makes a function of a text",
    isIn: is(/\bnew\s{1,8}Function\s{0,8}\(|\bvm\.(?:runIn|compileFunction|Script)/),
  },
  {
    name: "dynamic-import",
    languages: ["python"],
    says: "imports what a text names",
    isIn: call("__import__"),
  },
  {
    name: "os-system",
    languages: ["python"],
    says: "starts a shell",
    isIn: is(/\bos\s{0,4}\.\s{0,4}(?:system|popen)\b|\b(?:commands|subprocess)\.get(?:status)?output\b/),
  },
  {
    name: "os-system",
    languages: ["python"],
    says: "starts a shell",
    isIn: is(/\bfrom\s{1,8}os\s{1,8}import\b.{0,200}\b(?:system|popen)\b/),
  },
  { name: "shell-true", languages: ["python"], says: "starts a shell", isIn: is(/\bshell\s{0,8}=\s{0,8}(?:True|1)\b/) },
  {
    name: "shell-true",
    languages: ["javascript"],
    says: "starts a shell",
    isIn: is(
      /\bshell["']?\s{0,8}:\s{0,8}(?:true|["'])|(?<![\w.])execSync\s{0,8}\(|\bchild_process\b.{0,80}\bexec(?:Sync)?\b/,
    ),
  },
  {
    name: "unsafe-load",
    languages: ["python"],
    says: "makes objects of bytes that may be anybody's",
    isIn: is(
      /\b(?:c?[Pp]ickle|marshal|shelve|dill)\s{0,4}\.\s{0,4}(?:loads?|Unpickler)\s{0,8}\(|\byaml\.(?:unsafe_load|full_load)\b/,
    ),
  },
  {
    name: "no-certificate-check",
    languages: CODE,
    says: "trusts whoever answers",
    isIn: is(
      /\bverify\s{0,4}=\s{0,4}False\b|\brejectUnauthorized["']?\s{0,4}:\s{0,4}false\b|NODE_TLS_REJECT_UNAUTHORIZED["']?\]?\s{0,4}[=:]\s{0,4}["']?0|\b_create_unverified_context\b/,
    ),
  },
  {
    name: "drop-table",
    languages: CODE,
    says: "drops or empties a table",
    isIn: is(/\b(?:drop\s{1,8}(?:table|database|schema)|truncate\s{1,8}table)\b/i),
  },
  { name: "delete-all", languages: ["sql"], says: "deletes every row", isIn: deletesAll },
  { name: "rm-rf", languages: CODE, says: "deletes whole folders", isIn: removesFolders },
  { name: "pipe-to-shell", languages: CODE, says: "runs what it downloads", isIn: pipesToShell },
  {
    name: "destroys-disk",
    languages: CODE,
    says: "writes over a disk",
    isIn: is(
      /\bmkfs(?:\.\w{1,12})?\s{1,8}\S|\bof=\/dev\/(?!null|stdout|stderr)|>\s{0,4}\/dev\/(?:sd|nvme|hd|vd|mmcblk)/,
    ),
  },
  {
    name: "fork-bomb",
    languages: CODE,
    says: "starts processes without end",
    isIn: is(/:\s{0,4}\(\s{0,4}\)\s{0,4}\{[^}]{0,16}:\s{0,4}\|\s{0,4}:/),
  },
  {
    name: "open-to-all",
    languages: CODE,
    says: "lets everybody write",
    isIn: is(/\bchmod\s{1,8}(?:-\w{1,8}\s{1,8}){0,4}0?777\b/),
  },
];

/** The names of all of them, each once. */
export const PATTERN_NAMES: readonly string[] = [...new Set(PATTERNS.map(({ name }) => name))];

/** What of it stands in these lines of a file in this language: of each kind the first of each line. */
export function patternsIn(
  lines: readonly string[],
  language: string,
  off: ReadonlySet<string> = new Set(),
): FoundPattern[] {
  const wanted = PATTERNS.filter(({ name, languages }) => languages.includes(language) && !off.has(name));
  return lines.flatMap((line, at) =>
    wanted.filter(({ isIn }) => isIn(line)).map(({ name, says }) => ({ name, line: at + 1, says })),
  );
}

/** Whether a text of the configuration's own stands in a line. */
export function holdsText(line: string, text: string): boolean {
  return plain(line).includes(plain(text));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ");
}

function deletesAll(line: string): boolean {
  const text = line.toLowerCase();
  return /\bdelete\s{1,8}from\s{1,8}[\w."`[\]]{1,128}\s{0,8}(?:;|["'`)]|$)/.test(text);
}

/** `rm` with options for folders and for no question, together or apart, in any order. */
function removesFolders(line: string): boolean {
  for (const found of line.matchAll(/\brm((?:["',\s]{1,8}-{1,2}[\w-]{1,24}){1,8})/g)) {
    const options = (found[1] ?? "").split(/["',\s]+/);
    const has = (letter: RegExp, word: string): boolean =>
      options.some((option) => option === word || (/^-\w/.test(option) && letter.test(option)));
    if (has(/r/i, "--recursive") && has(/f/, "--force")) return true;
  }
  return /\b(?:Remove-Item\b.{0,200}-Recurse\b.{0,200}-Force|rd\s{1,8}\/s\s{1,8}\/q)\b/i.test(line);
}

function pipesToShell(line: string): boolean {
  if (!/\b(?:curl|wget)\b/.test(line)) return false;
  if (/\b(?:ba|z|da|k)?sh\s{1,8}-c\s{1,8}["']?\$\(\s{0,4}(?:curl|wget)\b|<\(\s{0,4}(?:curl|wget)\b/.test(line))
    return true;
  const [, ...rest] = line.slice(line.search(/\b(?:curl|wget)\b/)).split("|");
  return rest.some((part) =>
    /^\s{0,16}(?:sudo\s{1,8}(?:-\w{1,8}\s{1,8})?)?(?:\S{1,32}\/)?(?:(?:ba|z|da|k)?sh|python[\d.]{0,4}|perl|ruby|node)\b/.test(
      part,
    ),
  );
}
