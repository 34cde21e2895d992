import fc from "fast-check";
import { expect, test } from "vitest";
import { FAMILIES } from "./placeholder.ts";
import { redact, redactDeep } from "./redact.ts";
import { BASE64, nextRun, TOKEN } from "./runs.ts";
import { secretValuesOf } from "./secret-name.ts";

const noise = (length: number, alphabet = "aB3dE5gH7jK9mN2pQ4sT6vW8xY0z"): string =>
  Array.from({ length }, (_, index) => alphabet[(index * 11 + 3) % alphabet.length]).join("");
const HEX = "0123456789abcdef";
const UPPER = "A2B3C4D5E6F7GHIJ";
const SMALL = "a2b3c4d5e6f7ghij";

test.each([
  ["age", `AGE-SECRET-KEY-1${noise(58, UPPER)}`],
  ["alibaba", `LTAI${noise(20)}`],
  ["atlassian", `ATATT3${noise(60)}`],
  ["atlassian", `ATBB${noise(32)}`],
  ["aws", `ABIA${noise(16, UPPER)}`],
  ["aws", `ACCA${noise(16, UPPER)}`],
  ["azure", `${noise(3)}8Q~${noise(34)}`],
  ["buildkite", `bkua_${noise(40)}`],
  ["circleci", `CCIPAT_${noise(22)}_${noise(40)}`],
  ["crates-io", `cio${noise(32)}`],
  ["databricks", `dapi${noise(32, HEX)}`],
  ["digitalocean", `dop_v1_${noise(64, HEX)}`],
  ["doppler", `dp.pt.${noise(43)}`],
  ["figma", `figd_${noise(40)}`],
  ["grafana", `glsa_${noise(32)}_${noise(8, HEX)}`],
  ["groq", `gsk_${noise(52)}`],
  ["heroku", `HRKU-${noise(60)}`],
  ["linear", `lin_api_${noise(40)}`],
  ["mailchimp", `${noise(32, HEX)}-us12`],
  ["mailgun", `key-${noise(32, HEX)}`],
  ["netlify", `nfp_${noise(36)}`],
  ["new-relic", `NRAK-${noise(27, UPPER)}`],
  ["notion", `ntn_${noise(46)}`],
  ["nuget", `oy2${noise(43, SMALL)}`],
  ["perplexity", `pplx-${noise(48)}`],
  ["planetscale", `pscale_tkn_${noise(43)}`],
  ["postman", `PMAK-${noise(24, HEX)}-${noise(34, HEX)}`],
  ["pulumi", `pul-${noise(40, HEX)}`],
  ["replicate", `r8_${noise(37)}`],
  ["rubygems", `rubygems_${noise(48, HEX)}`],
  ["sentry", `sntrys_${noise(60)}`],
  ["slack", `xoxs-${noise(12, "0123456789")}-${noise(24)}`],
  ["slack", `xoxa-2-${noise(24)}`],
  ["square", `sq0atp-${noise(22)}`],
  ["stripe", `pk_live_${noise(24)}`],
  ["supabase", `sbp_${noise(40, HEX)}`],
  ["telegram", `123456789:AA${noise(33)}`],
  ["terraform", `${noise(14)}.atlasv1.${noise(67)}`],
  ["twilio", `AC${noise(32, HEX)}`],
  ["xai", `xai-${noise(80)}`],
])("a token of %s is found alone, in prose, quoted, escaped and in a URL", (family, secret) => {
  const gone = `[redacted:${family}]`;
  expect(redact(secret)).toBe(gone);
  expect(redact(`pushed with ${secret}, then failed`)).toBe(`pushed with ${gone}, then failed`);
  expect(redact(`["${secret}"]`)).toBe(`["${gone}"]`);
  expect(redact(String.raw`"first\n${secret}\nlast"`)).toBe(String.raw`"first\n${gone}\nlast"`);
  expect(redact(`https://example.org/?x=${secret}&y=1`)).toBe(`https://example.org/?x=${gone}&y=1`);
});

test("of a webhook the host stays", () => {
  expect(redact(`POST https://hooks.zapier.com/hooks/catch/123456/${noise(8)}/ 200`)).toBe(
    "POST https://hooks.zapier.com/hooks/catch/[redacted:webhook] 200",
  );
});

test.each([
  [`auth = "${noise(40)}"`, 'auth = "[redacted:secret]"'],
  [`"session": "${noise(24)}=="`, '"session": "[redacted:secret]"'],
  [`SALT=${noise(32)} next`, "SALT=[redacted:secret] next"],
  [`DJANGO_SALT = '${noise(32, HEX)}'`, "DJANGO_SALT = '[redacted:secret]'"],
  [`cookie: ${noise(40)};`, "cookie: [redacted:secret];"],
  [`key: str = "${noise(32)}"`, 'key: str = "[redacted:secret]"'],
  [`{\\"key\\": \\"${noise(32)}\\"}`, '{\\"key\\": \\"[redacted:secret]\\"}'],
])("what a machine made is taken out under a name that may be that of a secret: %j", (line, redacted) => {
  expect(redact(line)).toBe(redacted);
});

test.each([
  `name = "${noise(40)}"`,
  `key = "${noise(32, HEX)}"`,
  'key = "src/components/Layout2/Header"',
  'key = "aVeryLongNameOfSomething2InCamelCase"',
  'key = "opentelemetry-instrumentation-falcon"',
  'auth = "OAuth2AuthorizationCodeBearer"',
  `"cacheKey": "${noise(64, HEX)}"`,
  `keys = "${noise(40)}"`,
  `key_id = "${noise(40)}"`,
  "session = 123456789012345678901234567890",
  "const token = this;",
  "  cancelToken: defaultToConfig2,",
  "axios.CancelToken = CancelToken$1;",
  '"parse-passwd": "^1.0.0"',
  "--mocha-test-pass-color: #007f6a;",
  "# GOOGLE_API_KEY=<your api key>",
  "OPENAI_API_KEY=sk-YOUR_API_KEY",
  'f"PWD={MSSQL_PASSWORD};"',
])("%j stays", (line) => {
  expect(redact(line)).toBe(line);
});

test("such values are taken out under keys and out of the environment, too", () => {
  expect(redactDeep({ session: noise(32), key: noise(32, HEX), auth: "basic" })).toEqual({
    session: "[redacted:secret]",
    key: noise(32, HEX),
    auth: "basic",
  });
  expect(secretValuesOf({ MY_AUTH: noise(32), KEY: "left", SALT: noise(32, HEX) })).toEqual([
    noise(32),
    noise(32, HEX),
  ]);
});

test("the next stretch is the first one that is long enough, as long as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "Z", "-", "/", " ", "é", "=") }), fc.nat(12), (text, more) => {
      const least = 1 + more;
      const expected = [...text.matchAll(new RegExp(`[aZ-]{${String(least)},}`, "g"))].map(({ index, 0: found }) => ({
        start: index,
        end: index + found.length,
      }));
      const found = [];
      for (let run = nextRun(text, 0, least, TOKEN); run; run = nextRun(text, run.end, least, TOKEN)) found.push(run);
      expect(found).toEqual(expected);
    }),
  );
  expect(nextRun("a/+b", 0, 4, BASE64)).toEqual({ start: 0, end: 4 });
});

test("families are sorted, and each stands once", () => {
  expect([...new Set(FAMILIES)].sort()).toEqual([...FAMILIES]);
});
