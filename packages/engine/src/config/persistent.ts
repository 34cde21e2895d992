/** Programs that watch or serve whatever they are told. */
const ALWAYS = ["nodemon", "webpack-dev-server", "http-server", "live-server", "browser-sync"];
/** Programs of which some sub-commands serve. */
const SERVERS = ["vite", "next", "nuxt", "astro", "remix", "ng", "webpack", "storybook"];
const SERVING = ["dev", "serve", "start", "preview"];
/** Programs to which `-w` says that they are to watch; to others it may mean anything. */
const WATCHERS = ["tsc", "rollup", "webpack", "babel", "sass"];
const WATCHING = /^--watch(?:All|-all)?(?:=(?!false$|0$).*)?$/;
/** Words that only start another program. */
const RUNNERS = ["npx", "exec", "yarn", "pnpm", "bunx", "env", "time"];

/** The word of a command that tells that it watches or serves, and so never ends; undefined where none does. Pure. */
export function persistentWord(command: string | readonly string[]): string | undefined {
  const lines = typeof command === "string" ? command.split(/&&|\|\||[;|&\n]/) : [command];
  return lines.map((line) => inOne(typeof line === "string" ? line.split(/\s+/).filter(Boolean) : line)).find(Boolean);
}

function inOne(words: readonly string[]): string | undefined {
  const watching = words.find((word, index) => WATCHING.test(word) && words[index + 1] !== "false");
  if (watching !== undefined) return watching;
  const start = words.findIndex((word) => !RUNNERS.includes(word) && !/^[A-Za-z_]\w*=|^-/.test(word));
  const [program = "", second = ""] = start < 0 ? [] : words.slice(start);
  const called = program.split(/[\\/]/).at(-1) ?? "";
  if (ALWAYS.includes(called)) return program;
  if (WATCHERS.includes(called) && words.includes("-w")) return `${program} -w`;
  return SERVERS.includes(called) && SERVING.includes(second) ? `${program} ${second}` : undefined;
}
