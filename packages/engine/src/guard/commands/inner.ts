import { behindOptions } from "./options.ts";
import { UNKNOWN } from "./shell-words.ts";
import { HIJACKS, SHELLS, WRAPPERS, type Wrapper } from "./wrappers.ts";

/** What a program starts, as far as its words say. */
export type Inner =
  /** It starts nothing by its words. */
  | { readonly kind: "nothing" }
  | { readonly kind: "commands"; readonly commands: readonly (readonly string[])[]; readonly adds?: true }
  | { readonly kind: "line"; readonly line: string }
  | { readonly kind: "code"; readonly language: string; readonly code: string }
  | { readonly kind: "hidden"; readonly why: string };

const NOTHING: Inner = { kind: "nothing" };
const hidden = (why: string): Inner => ({ kind: "hidden", why });
const commands = (...all: (readonly string[])[]): Inner => ({ kind: "commands", commands: all });

/** Options that come before a line for a shell, and those with a value. */
const SHELL_VALUES = "-O -o +O +o --rcfile --init-file";
/** Programs that run a text that an option gives. */
const CODE: readonly (readonly [name: RegExp, language: string, option: RegExp])[] = [
  [/^(?:python|pypy)[\d.]*w?$|^py$/, "python", /^-[a-zA-Z]*c/],
  [/^(?:node|nodejs|bun|deno|tsx|ts-node)[\d.]*$/, "javascript", /^(?:-[a-z]*[ep][a-z]*|--eval|--print|eval)(?:=|$)/],
  [/^(?:perl|ruby|lua|rscript|groovy|julia|elixir|scala)[\d.]*$/, "other", /^-[a-zA-Z0-9]*[eE]/],
  [/^php[\d.]*$/, "other", /^-r/],
];

/** Options of theirs that take a value and run none. */
const CODE_VALUES = new Set("-W -X -r --require --import --loader -C --conditions --env-file -I -M -l".split(" "));
/** Modules of Python that run a text. */
const RUNNERS = new Set(["timeit", "trace", "cProfile", "profile", "pdb", "code"]);
const TELLS = /^(?:-V|-v|-h|--version|--help)$/;

/** What `program` starts with these words behind it. Pure. */
export function innerOf(program: string, words: readonly string[]): Inner {
  if (SHELLS.has(program)) return shellInner(words);
  const code = CODE.find(([name]) => name.test(program));
  if (code !== undefined) return codeInner(code[1], code[2], words);
  const own = Object.hasOwn(SPECIAL, program) ? SPECIAL[program] : undefined;
  if (own !== undefined) return own(words);
  const wrapper = Object.hasOwn(WRAPPERS, program) ? WRAPPERS[program] : undefined;
  return wrapper === undefined ? NOTHING : wrapped(wrapper, words);
}

function wrapped(wrapper: Wrapper, words: readonly string[]): Inner {
  let rest: readonly string[] | undefined = behindOptions(words, wrapper);
  if (wrapper.verbs !== undefined) {
    if (!wrapper.verbs.some((verb) => words.includes(verb))) return NOTHING;
    if (rest?.[0] === undefined || !wrapper.verbs.includes(rest[0])) return hidden("its subcommand cannot be told");
    rest = behindOptions(rest.slice(1), wrapper);
  }
  if (rest === undefined) return hidden("it has an option that is not known");
  let started = rest.slice(wrapper.before ?? 0);
  if (wrapper.assigns === true) {
    const assigned = started.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
    const names = (assigned < 0 ? started : started.slice(0, assigned)).map((word) => word.split("=", 1)[0] ?? "");
    const hijack = names.find((name) => HIJACKS.test(name));
    if (hijack !== undefined) return hidden(`${hijack} decides which program is started`);
    started = assigned < 0 ? [] : started.slice(assigned);
  }
  if (started.length === 0) return NOTHING;
  return wrapper.adds === true ? { kind: "commands", commands: [started], adds: true } : commands(started);
}

function shellInner(words: readonly string[]): Inner {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (SHELL_VALUES.split(" ").includes(word)) at += 1;
    else if (word === "--") return at + 1 < words.length ? NOTHING : hidden("it reads its commands from its input");
    else if (/^-[a-zA-Z]*c/.test(word)) return lineBehind(words.slice(at + 1));
    else if (/^[-+][a-zA-Z]*s/.test(word) || word === "-") return hidden("it reads its commands from its input");
    else if (!/^[-+]/.test(word)) return NOTHING;
  }
  return hidden("it reads its commands from its input");
}

function lineBehind(words: readonly string[]): Inner {
  const line = words.find((word) => !/^[-+]/.test(word));
  return line === undefined ? hidden("it has no line to run") : { kind: "line", line };
}

function codeInner(language: string, option: RegExp, words: readonly string[]): Inner {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (word === "-m" && RUNNERS.has(words[at + 1] ?? "")) return { kind: "code", language, code: textOf(words, at) };
    if (word === "-m" || word === "--") return NOTHING;
    if (word === "-") return hidden("it reads its program from its input");
    if (option.test(word)) return { kind: "code", language, code: textOf(words, at) };
    if (CODE_VALUES.has(word)) at += 1;
    else if (!word.startsWith("-")) return NOTHING;
  }
  return words.some((word) => TELLS.test(word)) ? NOTHING : hidden("it reads its program from its input");
}

function textOf(words: readonly string[], at: number): string {
  return words.slice(at).join("\n");
}

const awk = (words: readonly string[]): Inner =>
  words.some((word) => /system|getline|\|/.test(word)) ? hidden("its program starts others") : NOTHING;

const SPECIAL: Readonly<Record<string, (words: readonly string[]) => Inner>> = {
  awk,
  gawk: awk,
  mawk: awk,
  nawk: awk,
  env(words) {
    const split = words.findIndex((word) => /^(?:-[a-zA-Z0]*S|--split-string)/.test(word));
    if (split >= 0) return hidden("it splits a text into words");
    return wrapped(WRAPPERS["env"] ?? { flags: "", values: "" }, words);
  },
  su(words) {
    const at = words.findIndex((word) => word === "-c" || word === "--command");
    return at < 0 ? hidden("it starts a shell") : lineBehind(words.slice(at + 1));
  },
  eval: (words) => ({ kind: "line", line: words.join(" ") }),
  cmd(words) {
    const at = words.findIndex((word) => /^\/[ck]$/i.test(word));
    return at < 0
      ? hidden("it reads its commands from its input")
      : { kind: "line", line: words.slice(at + 1).join(" ") };
  },
  powershell: () => hidden("its language is not read"),
  pwsh: () => hidden("its language is not read"),
  find(words) {
    const started = startedBy(words, /^-(?:exec|execdir|ok|okdir)$/);
    return words.includes("-delete")
      ? commands(["rm"], ...started)
      : started.length === 0
        ? NOTHING
        : commands(...started);
  },
  fd(words) {
    const started = startedBy(words, /^(?:-x|-X|--exec|--exec-batch)$/);
    return started.length === 0 ? NOTHING : commands(...started);
  },
  sed: (words) =>
    words.some((word) => /(?:^|[;{}\n])[\s\d,$]{0,32}e\b|[^\w\s][gimpI\d]{0,16}e[gimpI\d]{0,16}(?:$|[;}\n])/.test(word))
      ? hidden("its program may start others")
      : NOTHING,
  tar: (words) =>
    words.some((word) => /^(?:--checkpoint-action|--to-command|--use-compress-program|--rsh-command|-I|-F)/.test(word))
      ? hidden("an option of it starts another program")
      : NOTHING,
  git: gitInner,
};

/** The words behind each of these options up to `;` or `+`. */
function startedBy(words: readonly string[], option: RegExp): string[][] {
  return words.flatMap((word, at) => {
    if (!option.test(word)) return [];
    const rest = words.slice(at + 1);
    const end = rest.findIndex((each) => each === ";" || each === "+" || each === "\\;");
    const started = end < 0 ? rest : rest.slice(0, end);
    return started.length === 0 ? [] : [started];
  });
}

function gitInner(words: readonly string[]): Inner {
  const option = words.find((word) => /^(?:-c$|--config-env|--exec-path=)/.test(word));
  const [verb = ""] = gitWords(words);
  const isGlobal = option !== undefined && words.indexOf(option) < words.indexOf(verb);
  if (isGlobal) return hidden("its settings, given here, may start another program");
  const rest = words.slice(words.indexOf(verb) + 1);
  if (verb === "bisect" && rest[0] === "run") return rest.length > 1 ? commands(rest.slice(1)) : NOTHING;
  const starts = rest.some((word) =>
    /^(?:--exec|-x$|--upload-pack|--receive-pack|--extcmd|-O|--open-files-in-pager|--tool|--run)/.test(word),
  );
  return starts && !["ls-files", "log", "diff"].includes(verb)
    ? hidden("an option of it starts another program")
    : NOTHING;
}

const GIT_VALUES = new Set([
  "-C",
  "-c",
  "--git-dir",
  "--work-tree",
  "--namespace",
  "--super-prefix",
  "--config-env",
  "--attr-source",
]);

/** The words of git behind its general options: its subcommand comes first. */
export function gitWords(words: readonly string[]): readonly string[] {
  let at = 0;
  while (at < words.length && (words[at] ?? "").startsWith("-")) at += GIT_VALUES.has(words[at] ?? "") ? 2 : 1;
  return words.slice(at);
}

/** Whether a word holds what only a shell can know. */
export function isUnknown(word: string): boolean {
  return word.includes(UNKNOWN);
}
