import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { ROOT } from "./paths.mjs";

const NAME = "symbiotic:graph-page";
const FOLDER = join(ROOT, "packages/engine/src/report/graph/page");

/** What would end the element that a text is put into, or change how it is read. */
const ENDS = { script: /<\/script|<!--/i, style: /<\/style/i };

/**
 * Gives the module `symbiotic:graph-page` its content: the page of `symbiotic graph --format html`, its script bundled.
 * The build and the tests use it alike, so both see the page that the sources in `report/graph/page` make.
 */
export function graphPage() {
  return {
    name: "graph-page",
    /** @param {string} id */
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    /** @param {string} id */
    load: async (id) => (id === `\0${NAME}` ? moduleText() : undefined),
  };
}

async function moduleText() {
  const texts = { html: read("page.html"), style: read("page.css"), script: await bundledScript() };
  if (ENDS.script.test(texts.script)) throw new Error("the script of the graph page holds what would end its element");
  if (ENDS.style.test(texts.style)) throw new Error("the style of the graph page holds what would end its element");
  return Object.entries(texts)
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};`)
    .join("\n");
}

/** @param {string} name */
function read(name) {
  return readFileSync(join(FOLDER, name), "utf8").replaceAll("\r\n", "\n");
}

async function bundledScript() {
  const build = await rolldown({ cwd: FOLDER, platform: "browser", input: "main.ts", tsconfig: false });
  const { output } = await build.generate({ format: "iife", minify: true });
  await build.close();
  return output[0].code.trim();
}
