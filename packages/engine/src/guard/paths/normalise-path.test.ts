import fc from "fast-check";
import { expect, test } from "vitest";
import { foldText } from "./fold-text.ts";
import { isMeant, linkTarget } from "./match-paths.ts";
import { normalisePath } from "./normalise-path.ts";

test.each([
  ["src/app.py", "src/app.py"],
  ["./src//app.py", "src/app.py"],
  ["a/./b", "a/b"],
  ["a/b/", "a/b"],
  [".github/x", ".github/x"],
  ["a b/ü.py", "a b/ü.py"],
  ["100%.txt", "100%.txt"],
  ["50%20off.txt", "50%20off.txt"],
  ["a..b/c...d", "a..b/c...d"],
  ["caf\udce9.txt", "caf\udce9.txt"],
  ["日本/語.md", "日本/語.md"],
  ["console.py", "console.py"],
])("%j is the path %j", (text, path) => {
  expect(normalisePath(text)).toEqual({ ok: true, value: path });
});

test.each([
  ["", "empty"],
  [".", "empty"],
  ["./", "empty"],
  ["x".repeat(4097), "too long"],
  ["a\0b", "a control character"],
  ["a%00b", "a control character"],
  ["a\nb", "a control character"],
  ["a\u2028b", "a control character"],
  ["/etc/passwd", "absolute"],
  ["//server/share", "absolute"],
  ["%2Fetc", "absolute"],
  ["~/x", "in a home"],
  ["~root/x", "in a home"],
  ["C:/x", "a drive or a stream"],
  ["c:x", "a drive or a stream"],
  ["a.txt::$DATA", "a drive or a stream"],
  ["a%3Astream", "a drive or a stream"],
  ["\\\\server\\share", "a backslash"],
  ["a\\..\\b", "a backslash"],
  ["a%5cb", "a backslash"],
  ["..", "leads upwards"],
  ["../x", "leads upwards"],
  ["a/../b", "leads upwards"],
  ["a/../../b", "leads upwards"],
  ["%2e%2e/x", "leads upwards"],
  ["%252e%252e/x", "leads upwards"],
  ["%25252e%25252e%252fx", "leads upwards"],
  ["a%2f..%2fb", "leads upwards"],
  ["\uff0e\uff0e/x", "leads upwards"],
  ["\u2024\u2024/x", "leads upwards"],
  ["a/.\uff05\u0032e/x", "leads upwards"],
  ["\uff0fetc", "absolute"],
  ["%c0%ae%c0%ae/x", "an encoding that hides something"],
  [`%${"25".repeat(20)}41`, "an encoding that hides something"],
  ["a/b.", "a name that ends in a dot or a space"],
  ["a /b", "a name that ends in a dot or a space"],
  ["a\u00a0/b", "a name that ends in a dot or a space"],
  [".git./config", "a name that ends in a dot or a space"],
  ["...", "a name that ends in a dot or a space"],
  ["nul", "the name of a device"],
  ["a/CON.txt", "the name of a device"],
  ["com1.x.y", "the name of a device"],
  ["GIT~1/config", "a short name"],
  [".g\u200cit/config", "an invisible character"],
  ["a\u202etxt.py", "an invisible character"],
  ["a\ud800b", "broken text"],
])("%j is refused: %s", (text, problem) => {
  expect(normalisePath(text)).toEqual({ ok: false, error: problem });
});

/** Pieces of what attackers write, to be put together in any order. */
const PIECES = [
  ...["..", ".", "/", "//", "\\", "%2e", "%2E", "%2f", "%5c", "%25", "%252e", "%00", "%", "%zz", "%c0%ae", "%ff"],
  ...[
    "~",
    "C:",
    ":",
    "::$DATA",
    " ",
    "\t",
    "\0",
    "\n",
    "a",
    ".git",
    ".GIT",
    "git~1",
    "nul",
    "\uff0e",
    "\uff0f",
    "\u2024",
  ],
  ...["\u200c", "\u00ad", "\ud800", "\udc80", "\udcff", "é", "e\u0301", "ı", "İ", "K", "ﬁ", "💥", "src", "app.py"],
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((parts) => parts.join(""));
const texts = fc.oneof(hostile, fc.string({ unit: "binary" }), fc.string());

/** What a careless program makes of a path. */
function careless(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function isStrictlyInside(path: string): boolean {
  const names = path.replaceAll("\\", "/").split("/");
  return path !== "" && !path.startsWith("/") && !names.some((name) => name.trim() === "..");
}

test("whatever the text, it is a path strictly inside, also to who decodes or folds it, or it is refused", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const path = normalisePath(text);
      if (!path.ok) return;
      let reading = path.value;
      for (let round = 0; round < 12; round += 1) {
        expect(isStrictlyInside(reading)).toBe(true);
        expect(isStrictlyInside(foldText(reading))).toBe(true);
        expect(reading).not.toMatch(/[\0\n]|^[A-Za-z]:/);
        reading = careless(reading);
      }
      expect(normalisePath(path.value)).toEqual(path);
    }),
    { numRuns: 3000 },
  );
});

test.each([".//%2f.GIT", "./%2fetc/passwd", "a/..//%2fx"])(
  "%s is refused: without what means nothing it is another path",
  (text) => {
    expect(normalisePath(text)).toMatchObject({ ok: false });
  },
);

test("a text of any length is read in time in proportion to it", () => {
  const began = performance.now();
  for (const piece of [...PIECES, "%25", "%2525", "a/", "../", "~1"]) normalisePath(piece.repeat(1_000_000));
  for (const piece of [...PIECES, "%25", "a/", "a ", ". "])
    normalisePath(piece.repeat(Math.floor(4096 / piece.length)));
  expect(performance.now() - began).toBeLessThan(5000);
});

const PROTECTED = ["**/.git/**", "CLAUDE.md", "**/ruff.toml", ".github/**"];

test.each([
  [".git", true],
  [".git/config", true],
  ["lib/.GIT/hooks/x", true],
  ["%2egit/config", true],
  ["\uff0egit/config", true],
  [".gıt/config", true],
  ["claude.MD", true],
  ["ＣＬＡＵＤＥ.md", true],
  ["docs/CLAUDE.md", false],
  [".github", true],
  [".GitHub/workflows/a.yml", true],
  [".gitignore", false],
  ["src/git/a.py", false],
  ["a/RUFF.TOML", true],
  ["../x", true],
])("whether %j is meant by protected globs: %j", (path, expected) => {
  expect(isMeant(path, PROTECTED)).toBe(expected);
});

test.each([
  ["a/link", "b.txt", "a/b.txt"],
  ["a/link", "../b.txt", "b.txt"],
  ["link", "./a/./b", "a/b"],
  ["a/link", "..", "."],
  ["a/link", "../../b", undefined],
  ["link", "..", undefined],
  ["link", "a/../../b", undefined],
  ["link", "/etc/passwd", undefined],
  ["link", "~/x", undefined],
  ["link", "C:\\x", undefined],
  ["link", "", undefined],
])("the link %j to %j leads to %j", (path, target, place) => {
  expect(linkTarget(path, target)).toBe(place);
});
