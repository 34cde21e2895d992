import { expect, test } from "vitest";
import { createRedactor, redact } from "./redact.ts";

/** Numbers that look random and are the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const long = (letter: string): string => `${letter}1A`.repeat(14);
const dashes = "-----";
/** Pieces of secrets, of their names and of what stands between, to be put together in any order. */
const PIECES = [
  ...[
    "AKIA",
    `AKIA${"ABCDEFGH".repeat(2)}`,
    `ghp_${long("x")}`,
    "ghp_",
    "github_pat_",
    `sk-${long("y")}`,
    "sk-",
    "sk-ant-",
    `hf_${long("z")}`,
  ],
  ...[
    "npm_",
    "pypi-",
    "xoxb-",
    "SG.",
    "eyJ",
    "eyJabcdefghi",
    ".eyJabcd",
    "AIza",
    "SK",
    "0123456789abcdef".repeat(2),
    long("q"),
    "sig=",
    "Bearer ",
    "Basic ",
  ],
  ...[
    "Authorization: ",
    "://",
    "user:",
    "pass@",
    "@",
    "hooks.slack.com/services/",
    "password",
    "PASSWORD",
    "token",
    "secret",
    "api_key",
    "_",
    "-",
    "--",
  ],
  ...[
    "=",
    ":",
    ": ",
    " = ",
    '"',
    "'",
    '\\"',
    "\\n",
    "\n",
    "\r\n",
    " ",
    "  ",
    ";",
    "&",
    "?",
    ",",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "/",
    ".",
    "$",
    "*",
  ],
  ...[
    "hunter2",
    "abc",
    "None",
    "str",
    "12345",
    "é",
    "\ud800",
    "💥",
    "[redacted:",
    "[redacted:github]",
    "[redacted:other]",
    "redacted",
    "environment",
  ],
  ...[
    `${dashes}BEGIN PRIVATE KEY${dashes}`,
    `${dashes}END PRIVATE KEY${dashes}`,
    "BEGIN ",
    "PRIVATE KEY",
    dashes,
    "MIIEvQIBADANBgkqhkiG9w0B",
    "MIIE",
    "==",
  ],
];

function text(seed: number): string {
  const next = numbers(seed);
  return Array.from({ length: 1 + next(24) }, () => PIECES[next(PIECES.length)]).join("");
}

const SEEDS = Array.from({ length: 20_000 }, (_, seed) => seed);

test("redacting twice is redacting once", () => {
  for (const seed of SEEDS) {
    const once = redact(text(seed));
    if (redact(once) !== once) expect(redact(once), `seed ${String(seed)}: ${JSON.stringify(text(seed))}`).toBe(once);
  }
});

test("redacting twice is redacting once also with known values that are words of the placeholders", () => {
  const redactor = createRedactor({
    secretValues: ["redacted", "environment", "[redacted:github]", "hunter2", "secret", "github] "],
  });
  for (const seed of SEEDS.slice(0, 5000)) {
    const once = redactor.text(text(seed));
    if (redactor.text(once) !== once)
      expect(redactor.text(once), `seed ${String(seed)}: ${JSON.stringify(text(seed))}`).toBe(once);
  }
});

test("the number of lines stays, and a stream gives what the whole text gives", () => {
  for (const seed of SEEDS.slice(0, 5000)) {
    const whole = text(seed);
    const lines = createRedactor({ secretValues: [] }).lines();
    const streamed = whole.split("\n").map(lines);
    if (streamed.join("\n") !== redact(whole)) expect(streamed.join("\n"), `seed ${String(seed)}`).toBe(redact(whole));
  }
});

test("a token is found wherever it stands between other characters", () => {
  const secret = `ghp_${long("w")}`;
  for (const seed of SEEDS.slice(0, 5000)) {
    const around = text(seed);
    const found = redact(`${around} ${secret} ${around}`);
    if (found.includes(secret)) expect(found, `seed ${String(seed)}`).not.toContain(secret);
  }
});

const MEGABYTE = 1024 * 1024;
const HOSTILE = [
  ...[
    "a",
    " ",
    "-",
    "=",
    '"',
    "\\",
    "\\n",
    "\n",
    ".",
    "/",
    ":",
    "@",
    "[",
    "[redacted:",
    "[redacted:github]",
    "0",
    "A",
    "_",
    "é",
  ],
  ...[
    "ghp_",
    "github_pat_",
    "sk-",
    "sk-ant-",
    "AKIA",
    "eyJ",
    "eyJabcdefgh.",
    "eyJ.",
    "\\neyJ",
    "SG.",
    "SG.aaaaaaaaaaaaaaaa.",
    "glpat-",
    "xoxb-",
    "AIza",
    "SK0a",
  ],
  ...[
    "://a:",
    "://:",
    "://a:b@",
    ":///",
    "hooks.slack.com/services/",
    "Bearer ",
    "bearer\t",
    "Basic YTpi ",
    "authorization: ",
    "?sig=",
  ],
  ...[
    "password",
    "password=",
    "password:",
    "password ",
    "password: ",
    'password="',
    "password='x\"",
    "token=",
    "TOKEN=",
    "TOKEN=/",
    "TOKEN=$",
    "--token ",
    "token_",
    "token: a[",
  ],
  ...[
    "secret=a.",
    'secret="$',
    'secret=\\"a',
    "pwd=1:",
    "api_key = a_b_",
    "tokentoken",
    "pass-",
    "token: str = ",
    "token.py:1",
  ],
  ...[
    `${dashes}BEGIN PRIVATE KEY${dashes}`,
    `${dashes}BEGIN PRIVATE KEY${dashes}\\n`,
    `${dashes}END PRIVATE KEY${dashes}`,
    `${dashes}BEGIN `,
    `${dashes}BEGIN PRIVATE KEY${dashes}\n`,
  ],
];

/** Linear takes well under a second here, quadratic minutes: between them there is room for any machine. */
const LIMIT_MS = 10_000;

test.each(HOSTILE)("a megabyte of %j takes no more than its length asks for", { timeout: 600_000 }, (piece) => {
  const input = `(${piece.repeat(MEGABYTE / piece.length)}x`;
  const start = performance.now();
  redact(input);
  expect(performance.now() - start).toBeLessThan(LIMIT_MS);
});
