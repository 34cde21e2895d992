import { expect, test } from "vitest";
import { persistentWord } from "./persistent.ts";

test.each<[string | string[], string]>([
  ["tsc -p . --watch", "--watch"],
  ["tsc -w", "tsc -w"],
  ["NODE_ENV=x npx vite dev --port 1", "vite dev"],
  ["pnpm exec next start", "next start"],
  ["./node_modules/.bin/nodemon x.js", "./node_modules/.bin/nodemon"],
  ["node build.js && vite preview", "vite preview"],
  [["vitest", "--watch"], "--watch"],
  [["jest", "--watchAll"], "--watchAll"],
  ["jest --watch=true", "--watch=true"],
])("%j never ends, as %s says", (command, word) => {
  expect(persistentWord(command)).toBe(word);
});

test.each<string | string[]>([
  "tsc -p .",
  "jest --watch=false",
  "jest --watch false",
  "jest --watchAll=false",
  "npm test -w web",
  "vite build",
  "next build && next export",
  "vitest run",
  "echo vite dev",
  ["echo", "nodemon"],
  "",
])("%j ends", (command) => {
  expect(persistentWord(command)).toBeUndefined();
});
