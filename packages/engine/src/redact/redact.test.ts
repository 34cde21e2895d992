import { expect, test } from "vitest";
import { createRedactor, redact, redactDeep } from "./redact.ts";
import { secretValuesOf } from "./secret-name.ts";

/** Letters and digits that look made by a machine; put together here, so that no file holds what a scanner takes for a secret. */
function noise(length: number, alphabet = "aB3dE5gH7jK9mN2pQ4sT6vW8xY0z"): string {
  return Array.from({ length }, (_, index) => alphabet[(index * 11 + 3) % alphabet.length]).join("");
}

const HEX = "0123456789abcdef";
const UPPER = "A2B3C4D5E6F7GHIJ";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const dashes = "-----";
const keyLines = [
  `${dashes}BEGIN RSA PRIVATE KEY${dashes}`,
  noise(64),
  noise(64),
  "AbC=",
  `${dashes}END RSA PRIVATE KEY${dashes}`,
];

test.each([
  ["aws", `AKIA${noise(16, UPPER)}`],
  ["aws", `ASIA${noise(16, UPPER)}`],
  ["github", `ghp_${noise(36)}`],
  ["github", `gho_${noise(36)}`],
  ["github", `ghu_${noise(36)}`],
  ["github", `ghs_${noise(36)}`],
  ["github", `ghr_${noise(76)}`],
  ["github", `github_pat_${noise(22)}_${noise(59)}`],
  ["gitlab", `glpat-${noise(20)}`],
  ["openai", `sk-${noise(48)}`],
  ["openai", `sk-proj-${noise(40)}_${noise(20)}-${noise(20)}`],
  ["anthropic", `sk-ant-api03-${noise(40)}-${noise(40)}AA`],
  ["huggingface", `hf_${noise(34)}`],
  ["npm", `npm_${noise(36)}`],
  ["pypi", `pypi-${noise(80)}`],
  ["slack", `xoxb-${noise(12, "0123456789")}-${noise(24)}`],
  ["slack", `xoxp-${noise(12, "0123456789")}-${noise(24)}`],
  ["google", `AIza${noise(35)}`],
  ["stripe", `sk_live_${noise(24)}`],
  ["stripe", `rk_live_${noise(24)}`],
  ["twilio", `SK${noise(32, HEX)}`],
  ["sendgrid", `SG.${noise(22)}.${noise(43)}`],
  ["jwt", `${base64('{"alg":"HS256"}').replaceAll("=", "")}.${base64('{"sub":"1"}').replaceAll("=", "")}.${noise(43)}`],
])("a token of %s is found alone, in prose, quoted, escaped and in a URL", (family, secret) => {
  const gone = `[redacted:${family}]`;
  expect(redact(secret)).toBe(gone);
  expect(redact(`pushed with ${secret}, then failed`)).toBe(`pushed with ${gone}, then failed`);
  expect(redact(`["${secret}"]`)).toBe(`["${gone}"]`);
  expect(redact(String.raw`"first\n${secret}\nlast"`)).toBe(String.raw`"first\n${gone}\nlast"`);
  expect(redact(`https://example.org/?x=${secret}&y=1`)).toBe(`https://example.org/?x=${gone}&y=1`);
});

test.each([
  [
    "slack-webhook",
    `https://hooks.slack.com/services/T0${noise(8)}/B0${noise(8)}/${noise(24)}`,
    "https://hooks.slack.com/services/",
  ],
  [
    "discord-webhook",
    `https://discord.com/api/webhooks/${noise(18, "123456789")}/${noise(60)}`,
    "https://discord.com/api/webhooks/",
  ],
  [
    "teams-webhook",
    `https://acme.webhook.office.com/webhookb2/${noise(36)}@${noise(36)}/IncomingWebhook/${noise(32)}`,
    "https://acme.webhook.office.com/webhookb2/",
  ],
])("of a %s the host stays", (family, url, kept) => {
  expect(redact(`POST ${url} 200`)).toBe(`POST ${kept}[redacted:${family}] 200`);
});

test("authorization headers lose their credentials and keep their scheme", () => {
  const gone = "[redacted:authorization]";
  expect(redact(`Authorization: Bearer ${noise(20)}`)).toBe(`Authorization: Bearer ${gone}`);
  expect(redact(`"authorization": "Basic ${base64("me:word")}"`)).toBe(`"authorization": "Basic ${gone}"`);
  expect(redact(`curl -H 'Authorization: token ${noise(40)}' x`)).toBe(`curl -H 'Authorization: token ${gone}' x`);
  expect(redact(`sent bearer ${noise(20)}.`)).toContain(`bearer ${gone}`);
  expect(redact(`header Basic ${base64("user:hunter2")}`)).toBe(`header Basic ${gone}`);
});

test("credentials in URLs lose the password and keep the user", () => {
  const gone = "[redacted:url-credentials]";
  expect(redact("postgresql+psycopg://app:hunter2@db:5432/x")).toBe(`postgresql+psycopg://app:${gone}@db:5432/x`);
  expect(redact("redis://:p@ss:w0rd@cache/0")).toBe(`redis://:${gone}@cache/0`);
  expect(redact("cloning https://me:pw@github.com/a/b.git and http://x:y@z")).toBe(
    `cloning https://me:${gone}@github.com/a/b.git and http://x:${gone}@z`,
  );
});

test.each([
  ["password=hunter2", "password=[redacted:secret]"],
  ["DB_PASSWORD=correcthorse", "DB_PASSWORD=[redacted:secret]"],
  ["export API_TOKEN=abcd-efgh; ls", "export API_TOKEN=[redacted:secret] ls"],
  ['password: "correct horse battery"', 'password: "[redacted:secret]"'],
  ["password: hunter2", "password: [redacted:secret]"],
  [`{"api_key": "${noise(20)}", "n": 1}`, '{"api_key": "[redacted:secret]", "n": 1}'],
  [
    String.raw`"{\"client_secret\":\"abcdefgh\",\"n\":1}"`,
    String.raw`"{\"client_secret\":\"[redacted:secret]\",\"n\":1}"`,
  ],
  ["Server=db;User Id=sa;Password=correct;Encrypt=yes", "Server=db;User Id=sa;Password=[redacted:secret];Encrypt=yes"],
  [
    `AccountName=x;AccountKey=${noise(40)}==;EndpointSuffix=y`,
    "AccountName=x;AccountKey=[redacted:secret];EndpointSuffix=y",
  ],
  ["https://example.org/cb?token=abcdef&next=1", "https://example.org/cb?token=[redacted:secret]&next=1"],
  [
    `https://x.blob.core.windows.net/c?sv=1&sig=${noise(40)}%3D`,
    "https://x.blob.core.windows.net/c?sv=1&sig=[redacted:azure]",
  ],
  [`aws_secret_access_key = ${noise(20)}/${noise(19)}`, "aws_secret_access_key = [redacted:secret]"],
  [`tool --api-key ${noise(24)} --verbose`, "tool --api-key [redacted:secret] --verbose"],
  ["tool --password=hunter --verbose", "tool --password=[redacted:secret] --verbose"],
  ['os.environ["ACME_TOKEN"] = "abcdefgh"', 'os.environ["ACME_TOKEN"] = "[redacted:secret]"'],
  ['token: str = "abcdefgh"', 'token: str = "[redacted:secret]"'],
  ["//registry.example.org/:_authToken=abcdefgh", "//registry.example.org/:_authToken=[redacted:secret]"],
  ["X-Api-Key: " + noise(32), "X-Api-Key: [redacted:secret]"],
  ["MYSQL_PWD=abcd DB_PASS=efgh", "MYSQL_PWD=[redacted:secret] DB_PASS=[redacted:secret]"],
  ["Password=correct;Server=db", "Password=[redacted:secret];Server=db"],
  ["password=correct", "password=[redacted:secret]"],
  ["secret='abc\"def'", "secret='[redacted:secret]'"],
])("a value that is assigned to a secret's name is taken out: %s", (line, expected) => {
  expect(redact(line)).toBe(expected);
});

test.each([
  "token = get_token()",
  "password: str",
  "password: str | None = None",
  "def login(user: str, password: str, token: Optional[str] = None) -> bool:",
  "connect(user=user, password=password, token=self.token, secret=settings.SECRET)",
  'secret = os.environ["SECRET"]',
  'PASSWORD=os.environ["PASSWORD"]',
  "api_key=config.api_key",
  "token=$TOKEN password=${DB_PASSWORD} secret: ${{ secrets.DEPLOY }}",
  "password=*** token=<token> secret={secret}",
  "    password=password,",
  "password=get_password()",
  'MAX_TOKENS=many f"TOKEN={token}" TOKENIZERS_PARALLELISM=false',
  "max_tokens=4096 tokens: 128 token_count=12345678 tokenizer=bert2Base99Uncased",
  "PWD=/home/user/project OLDPWD=/tmp",
  "SyntaxError: unexpected token: expected ')'",
  "E       assert token == 'abcdefgh'",
  "E       KeyError: 'password'",
  "src/token.py:14:8: F401 `os` imported but unused",
  "tests/test_token.py::test_password_reset[token-1] PASSED                [ 50%]",
  "FAILED tests/test_auth.py::TestToken::test_secret - AssertionError: assert 1 == 2",
  'S105 Possible hardcoded password assigned to: "PASSWORD_FIELD"',
  "digest sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "commit 4f2c1d9e8b7a6f5d4c3b2a19081726354453627f",
  "request 123e4567-e89b-42d3-a456-426614174000 done in 12.5s",
  "node_modules/.pnpm/@scope+task-runner@1.2.3_sk-learn/node_modules/task-graph-builder-for-python-projects/index.js",
  "C:\\Users\\token\\secret\\file.txt",
  "/run/secrets/api_key",
  "token: /var/run/secrets/kubernetes.io/token1",
  "class sk-estimator-doc-link-fitted sk-toggleable__content",
  "http://localhost:8080/@scope/package and git@github.com:acme/repo.git",
  "basic authentication and bearer authentication are supported; Basic information follows",
  "Authorization: Bearer {token}",
  "postgres://{user}:{password}@{host}/x",
  "integrity sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08==",
  "AKIAN is a name, ghp_ a prefix, sk-learn a package, hf_hub_download a function, npm_config_registry a variable",
  "private_key_id=abc token_url=https://example.org/oauth2/token",
  "the --password option is required",
  '{"type": "password", "secret": true, "token": null, "password": {"min": 8}}',
  "184 passed, 1 failed in 3.10s",
  "-----BEGIN CERTIFICATE-----",
])("what is no secret stays as it is: %s", (line) => {
  expect(redact(line)).toBe(line);
});

test("a private key is taken out of a text of several lines, whose number of lines stays", () => {
  const gone = "[redacted:private-key]";
  expect(redact(["before", ...keyLines, "after"].join("\n"))).toBe(
    ["before", gone, gone, gone, gone, gone, "after"].join("\n"),
  );
  expect(redact(keyLines.join("\r\n"))).not.toContain(noise(16));
});

test("a private key is taken out where a logger puts something in front of each line", () => {
  const text = keyLines.map((line) => `E       ${line}`).join("\n");
  expect(redact(text)).not.toContain(noise(20));
});

test("a private key on one line is taken out, whole or cut off", () => {
  const line = `{"private_key": "${keyLines.join("\\n")}\\n", "n": 1}`;
  expect(redact(line)).toBe('{"private_key": "[redacted:private-key]\\n", "n": 1}');
  expect(redact(`got ${keyLines.slice(0, 2).join("\\n")}`)).toBe("got [redacted:private-key]");
});

test("a key's first line that is only mentioned takes nothing with it", () => {
  const text = [`found ${keyLines[0] ?? ""} in settings.py`, "12 files checked", "", "FAILED"].join("\n");
  expect(redact(text)).toBe(
    ["found [redacted:private-key] in settings.py", "12 files checked", "", "FAILED"].join("\n"),
  );
  expect(redact([keyLines[0], "FAILED", "ok"].join("\n"))).toBe(["[redacted:private-key]", "FAILED", "ok"].join("\n"));
});

test("a key whose end never comes ends with its last line of base64", () => {
  const gone = "[redacted:private-key]";
  expect(redact([...keyLines.slice(0, 3), "3 failed, 2 passed"].join("\n"))).toBe(
    [gone, gone, gone, "3 failed, 2 passed"].join("\n"),
  );
});

test("a stream is redacted line by line as the whole text is, and two streams do not touch each other", () => {
  const redactor = createRedactor({ secretValues: [] });
  const [one, two] = [redactor.lines(), redactor.lines()];
  const base64Line = noise(64);
  expect(keyLines.map(one).join("\n")).toBe(redactor.text(keyLines.join("\n")));
  one(keyLines[0] ?? "");
  expect(two(base64Line)).toBe(base64Line);
  expect(one(base64Line)).toBe("[redacted:private-key]");
});

test("values that the caller knows are taken out, also as a URL or JSON writes them", () => {
  const redactor = createRedactor({ secretValues: ['pass word/"ß', "plain-value"] });
  const gone = "[redacted:environment]";
  expect(redactor.text('a pass word/"ß b plain-value')).toBe(`a ${gone} b ${gone}`);
  expect(redactor.text("q=pass%20word%2F%22%C3%9F")).toBe(`q=${gone}`);
  expect(redactor.text('{"x":"pass word/\\"ß"}')).toBe(`{"x":"${gone}"}`);
});

test("of two known values the longer one is taken out whole, and one of several lines is taken out of each", () => {
  const redactor = createRedactor({ secretValues: ["abcdef", "abcdefghij", "first line\nsecond line"] });
  expect(redactor.text("abcdefghij abcdef\n> second line")).toBe(
    "[redacted:environment] [redacted:environment]\n> [redacted:environment]",
  );
});

test("short values and plain words are not looked for", () => {
  const redactor = createRedactor({ secretValues: ["1", "test", "", "   ", "default", "changeme"] });
  const line = "1 test   passed by default, changeme";
  expect(redactor.text(line)).toBe(line);
});

test("secrets are chosen from an environment by their names", () => {
  const environment = {
    API_TOKEN: "a",
    DB_PASSWORD: "b",
    PWD: "/home",
    AWS_ACCESS_KEY_ID: "c",
    TOKENIZERS_PARALLELISM: "d",
    PATH: "e",
    EMPTY_SECRET: "",
  };
  expect(secretValuesOf({ ...environment, SECRET_UNSET: undefined, GH_TOKEN_2: "f", DB_PASS: "g" })).toEqual([
    "a",
    "b",
    "f",
    "g",
  ]);
});

test("values are redacted deeply, also by the key they stand under, and keys stay", () => {
  const value = {
    password: "correct horse",
    list: [`ghp_${noise(36)}`, 1, null, true],
    token: { text: "password=hunter2" },
    tokens: "a b c",
  };
  expect(redactDeep(value)).toEqual({
    password: "[redacted:secret]",
    list: ["[redacted:github]", 1, null, true],
    token: { text: "password=[redacted:secret]" },
    tokens: "a b c",
  });
  expect(redactDeep(redactDeep(value))).toEqual(redactDeep(value));
});
