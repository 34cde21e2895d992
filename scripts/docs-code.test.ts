import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { ROOT } from "./lib/paths.mjs";
import { repositoryFiles } from "./lib/tracked.mjs";

const PAGES = repositoryFiles().filter((file) => /^(docs|packages\/[^/]+|examples\/[^/]+)\/[^/]+\.md$/.test(file));

interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** The file that it is an excerpt of, from a comment above it: `<!-- from examples/x.ts -->`. */
  readonly from: string | undefined;
}

const blocks = PAGES.flatMap(blocksOf);

test("a code block that names its file is in that file, line for line", () => {
  const excerpts = blocks.filter(({ from }) => from !== undefined);
  expect(excerpts.length).toBeGreaterThan(0);
  const wrong = excerpts.filter(({ from = "", text }) => !textOf(from).includes(text));
  expect(wrong.map(({ page, from, text }) => `${page}: not in ${from ?? ""}:\n${text}`)).toEqual([]);
});

test("the JSON configuration in the documentation is what the schema allows", () => {
  const validate = new Ajv2020().compile(JSON.parse(textOf("docs/schemas/config.schema.json")) as object);
  const configs = blocks.filter(({ page, language }) => page === "docs/configuration.md" && language === "json");
  expect(configs).toHaveLength(1);
  for (const { text } of configs) expect([validate(JSON.parse(text)), validate.errors]).toEqual([true, null]);
  expect(validate({ bas: "main" })).toBe(false);
  expect(validate({ plugins: ["ruff"] })).toBe(false);
});

function blocksOf(page: string): Block[] {
  const pattern = /(?:^<!-- from (\S+) -->\n)?^```(\w*)\n(.*?)^```$/gms;
  return [...textOf(page).matchAll(pattern)].map(([, from, language = "", text = ""]) => ({
    page,
    language,
    text,
    from,
  }));
}

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), "utf8").replaceAll("\r\n", "\n");
}
