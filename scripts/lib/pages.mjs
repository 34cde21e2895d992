import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { ROOT } from "./paths.mjs";

const REPORT = join(ROOT, "packages/engine/src/report");

/**
 * The folder that each module is made of.
 * @type {Readonly<Record<string, string>>}
 */
const PAGES = {
  "symbiotic:graph-page": join(REPORT, "graph/page"),
  "symbiotic:triage-page": join(REPORT, "page-triage/page"),
};

/** What would end the element that a text is put into, or change how it is read. */
const ENDS = { script: /<\/script|<!--/i, style: /<\/style/i };

/**
 * Gives the modules of `PAGES` their content: a page as HTML and CSS, its script bundled. The build and the tests use it
 * alike, so both see the page that the sources in the folder make.
 */
export function pages() {
  return {
    name: "pages",
    /** @param {string} id */
    resolveId: (id) => (Object.hasOwn(PAGES, id) ? `\0${id}` : undefined),
    /** @param {string} id */
    load: async (id) => {
      const folder = id.startsWith("\0") ? PAGES[id.slice(1)] : undefined;
      return folder === undefined ? undefined : moduleText(folder);
    },
  };
}

/** @param {string} folder */
async function moduleText(folder) {
  const texts = {
    html: read(folder, "page.html"),
    style: read(folder, "page.css"),
    script: await bundledScript(folder),
  };
  if (ENDS.script.test(texts.script)) throw new Error(`the script of ${folder} holds what would end its element`);
  if (ENDS.style.test(texts.style)) throw new Error(`the style of ${folder} holds what would end its element`);
  return Object.entries(texts)
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};`)
    .join("\n");
}

/**
 * @param {string} folder
 * @param {string} name
 */
function read(folder, name) {
  return readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
}

/** @param {string} folder */
async function bundledScript(folder) {
  const build = await rolldown({ cwd: folder, platform: "browser", input: "main.ts", tsconfig: false });
  const { output } = await build.generate({ format: "iife", minify: true });
  await build.close();
  return output[0].code.trim();
}
