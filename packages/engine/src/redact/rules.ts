import { isStandIn, looksRandom } from "./looks.ts";
import { nextRun, type Run, TOKEN } from "./runs.ts";
import type { Family } from "./placeholder.ts";
import { placeholder } from "./placeholder.ts";

/** Prefixes that a service gives its tokens so that they are found, with what stands behind them. */
const SERVICES: readonly (readonly [family: Family, pattern: string])[] = [
  ["age", "AGE-SECRET-KEY-1[A-Z0-9]{50,}"],
  ["alibaba", "LTAI[A-Za-z0-9]{20}(?![A-Za-z0-9])"],
  ["atlassian", "AT(?:ATT3|BB|CTT3)[A-Za-z0-9_=-]{20,}"],
  ["buildkite", "bk(?:ua|at|ct)_[A-Za-z0-9]{30,}"],
  ["circleci", "CCI(?:PAT|PRJ)_[A-Za-z0-9_]{20,}"],
  ["crates-io", "cio[A-Za-z0-9]{32}(?![A-Za-z0-9])"],
  ["databricks", "dapi[0-9a-f]{32}(?:-\\d)?(?![A-Za-z0-9])"],
  ["digitalocean", "do[opr]_v1_[0-9a-f]{40,}"],
  ["doppler", "dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9_.-]{30,}"],
  ["figma", "fig[dour]{1,2}_[A-Za-z0-9_-]{30,}"],
  ["groq", "gsk_[A-Za-z0-9]{30,}"],
  ["heroku", "HRKU-[A-Za-z0-9_-]{30,}"],
  ["linear", "lin_(?:api|oauth)_[A-Za-z0-9]{30,}"],
  ["mailchimp", "[0-9a-f]{32}-us\\d{1,2}(?![A-Za-z0-9])"],
  ["mailgun", "key-[0-9a-f]{32}(?![A-Za-z0-9])"],
  ["netlify", "nf[pcoub]_[A-Za-z0-9]{36,}"],
  ["new-relic", "NR(?:AK|II|AL|RA|JS|BR)-[A-Za-z0-9_-]{16,}"],
  ["notion", "ntn_[A-Za-z0-9]{40,}"],
  ["nuget", "oy2[a-z0-9]{43}(?![A-Za-z0-9])"],
  ["perplexity", "pplx-[A-Za-z0-9]{30,}"],
  ["planetscale", "pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_.-]{30,}"],
  ["postman", "PMAK-[0-9a-f]{24}-[0-9a-f]{34}"],
  ["pulumi", "pul-[0-9a-f]{40}(?![A-Za-z0-9])"],
  ["replicate", "r8_[A-Za-z0-9]{30,}"],
  ["rubygems", "rubygems_[0-9a-f]{48}"],
  ["square", "(?:sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,}|EAAA[A-Za-z0-9_-]{60})"],
  ["supabase", "sb(?:p|_secret)_[A-Za-z0-9_]{30,}"],
  ["telegram", "\\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"],
  ["terraform", "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{50,}"],
  ["xai", "xai-[A-Za-z0-9]{60,}"],
];

/** What a client of Azure proves itself with: known by what stands fourth to sixth. */
const AZURE_SECRET =
  /(?:(?<![A-Za-z0-9_~.-])|(?<=\\[nrt]))[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/g;

/** Addresses that need no other secret: whoever has them may post. */
const WEBHOOK =
  /(?<keep>(?:hooks\.zapier\.com\/hooks\/catch|maker\.ifttt\.com\/use|hook\.(?:eu\d\.|us\d\.)?make\.com|chat\.googleapis\.com\/v1\/spaces|open\.(?:feishu|larksuite)\.[a-z]{2,3}\/open-apis\/bot\/v2\/hook)\/)[A-Za-z0-9/_?=&%.-]{10,}/g;

/**
 * One shape of secret. The pattern is global; its group `keep`, if it has one, stands in front and stays. Each is read in
 * linear time: what it repeats either ends the match or cannot begin another one.
 */
interface Rule {
  readonly family: Family;
  readonly pattern: RegExp;
  /** The pattern without what has to stand in front: it begins where a stretch of its characters does. */
  readonly begins?: string;
  /** Whether what was found, without `keep`, is one. */
  readonly accepts?: (found: string) => boolean;
}

/** In front of a short prefix: no word character, unless that is the letter of an escape as JSON writes line breaks. */
const EDGE = String.raw`(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))`;

function token(family: Family, pattern: string, accepts?: Rule["accepts"]): Rule {
  return { family, pattern: new RegExp(EDGE + pattern, "g"), begins: pattern, ...(accepts ? { accepts } : {}) };
}

const RULES: readonly Rule[] = [
  token("anthropic", "sk-ant-[A-Za-z0-9_-]{16,}"),
  token("openai", "sk-[A-Za-z0-9_-]{20,}", looksRandom),
  { family: "github", pattern: /gh[opusr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}/g },
  { family: "gitlab", pattern: /gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt)-[A-Za-z0-9_-]{20,}/g },
  token("aws", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
  token("huggingface", "(?:hf|api_org)_[A-Za-z0-9]{30,}"),
  token("npm", "npm_[A-Za-z0-9]{36,}"),
  token("pypi", "pypi-[A-Za-z0-9_-]{40,}", looksRandom),
  { family: "slack", pattern: /xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-\d-[A-Za-z0-9-]{10,}/g },
  {
    family: "slack-webhook",
    pattern: /(?<keep>hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]{10,}/g,
  },
  {
    family: "discord-webhook",
    pattern: /(?<keep>discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/)[A-Za-z0-9/_-]{10,}/g,
  },
  { family: "teams-webhook", pattern: /(?<keep>\.office(?:365)?\.com\/webhook(?:b2)?\/)[A-Za-z0-9/@_-]{10,}/g },
  token("google", "(?:AIza[A-Za-z0-9_-]{35,}|GOCSPX-[A-Za-z0-9_-]{20,}|ya29\\.[A-Za-z0-9_-]{20,})"),
  token("stripe", "(?:(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/]{20,})"),
  token("twilio", "(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])"),
  token("sendgrid", "SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"),
  { family: "docker", pattern: /dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/g },
  { family: "shopify", pattern: /shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32,}/g },
  token("vault", "hv[sbr]\\.[A-Za-z0-9_-]{24,}"),
  token("grafana", "gl(?:sa|c)_[A-Za-z0-9+/=_-]{30,}"),
  token("sentry", "sntry[su]_[A-Za-z0-9+/=_-]{40,}"),
  ...SERVICES.map(([family, pattern]) => token(family, pattern)),
  { family: "azure", pattern: AZURE_SECRET },
  { family: "webhook", pattern: WEBHOOK },
  token("jwt", "eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]+)?"),
  { family: "azure", pattern: /(?<keep>[?&;](?:amp;)?sig=)[A-Za-z0-9%+/=_-]{20,}/g },
  {
    family: "authorization",
    pattern:
      /(?<keep>authorization\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?(?:basic|bearer|token|apikey|negotiate|bot)\s{1,4})[^\s"'\\,;<>]{4,}/gi,
    accepts: isCredential,
  },
  {
    family: "authorization",
    pattern: /(?<keep>(?<![A-Za-z])bearer\s{1,4})[A-Za-z0-9._~+/=-]{12,}/gi,
    accepts: hasDigit,
  },
  {
    family: "authorization",
    pattern: /(?<keep>(?<![A-Za-z])basic\s{1,4})[A-Za-z0-9+/]{8,}={0,2}/gi,
    accepts: isUserAndPassword,
  },
  {
    family: "url-credentials",
    pattern: /(?<keep>:\/\/[^\s/:@"'<>\\]*:)[^\s/"'<>\\]+(?=@)/g,
    accepts: (found) => !isStandIn(found),
  },
];

/** A pass over a line for each shape by which a secret can be told, in the order in which they are to be made. */
export const SHAPES: readonly ((text: string) => string)[] = RULES.map((rule) => (text) => replaceAll(rule, text));

/**
 * What a line has to hold, beside anything else, for the patterns of some families to find something in it. One character that
 * is rare in text is asked for first: that is far cheaper than a word which begins as many others do.
 */
const GATES: Readonly<Partial<Record<Family, (text: string) => boolean>>> = {
  authorization: (text) => /authorization|bearer|basic/i.test(text),
  azure: (text) => (text.includes("=") && text.includes("sig=")) || (text.includes("~") && text.includes("Q~")),
  jwt: (text) => text.includes("J") && text.includes("eyJ"),
  "url-credentials": (text) => text.includes("@") && text.includes("://"),
  "slack-webhook": hasAddress,
  "discord-webhook": hasAddress,
  "teams-webhook": hasAddress,
  webhook: hasAddress,
};

function hasAddress(text: string): boolean {
  return text.includes("/") && (text.includes(".com/") || text.includes("/open-apis/"));
}

/** Every other one ends in a stretch of so many characters of tokens, and begins within it or right before it. */
const LEAST = 15;
const OTHERS = RULES.filter(({ family }) => GATES[family] === undefined);
const ANY_WITHIN = anyOf(
  OTHERS.filter(({ begins }) => begins === undefined),
  "",
);
/** What stands where the stretch begins; a superset. */
const ANY_BEGINNING = new RegExp(
  `(?<=dp\\.[a-z]{2,5}\\.|\\d:|\\.atlasv1\\.|SG\\.|ya29\\.|hv[sbr]\\.)|${OTHERS.flatMap(({ begins }) => begins ?? []).join("|")}`,
  "y",
);
const GATED = [...new Set(Object.values(GATES))].map((gate) => ({
  gate,
  any: anyOf(
    RULES.filter(({ family }) => GATES[family] === gate),
    "i",
  ),
}));

function anyOf(rules: readonly Rule[], flags: string): RegExp {
  return new RegExp(rules.map(({ pattern }) => pattern.source.replace("?<keep>", "?:")).join("|"), flags);
}

/** Whether one of these passes may find something; one look is a good deal cheaper than all of them. */
export function mayHoldShape(text: string): boolean {
  for (const { gate, any } of GATED) if (gate(text) && any.test(text)) return true;
  const run = nextRun(text, 0, LEAST, TOKEN);
  return run !== undefined && (ANY_WITHIN.test(text) || mayBegin(text, run));
}

function mayBegin(text: string, first: Run): boolean {
  for (let run: Run | undefined = first; run; run = nextRun(text, run.end, LEAST, TOKEN)) {
    if (isBeginning(text, run.start)) return true;
    // As JSON writes a line break.
    if (text.charAt(run.start - 1) === "\\" && isBeginning(text, run.start + 1)) return true;
  }
  return false;
}

function isBeginning(text: string, at: number): boolean {
  ANY_BEGINNING.lastIndex = at;
  return ANY_BEGINNING.test(text);
}

function replaceAll({ family, pattern, accepts }: Rule, text: string): string {
  if (text.search(pattern) < 0) return text;
  let result = "";
  let done = 0;
  for (const found of text.matchAll(pattern)) {
    const start = found.index + (found.groups?.["keep"]?.length ?? 0);
    const end = found.index + found[0].length;
    if (accepts && !accepts(text.slice(start, end))) continue;
    result += text.slice(done, start) + placeholder(family);
    done = end;
  }
  return result + text.slice(done);
}

function isCredential(found: string): boolean {
  return !isStandIn(found) && (/[A-Z\d=]/.test(found) || found.length >= 16);
}

function hasDigit(found: string): boolean {
  return /\d/.test(found);
}

/** Whether this is base64 of `user:password`, which no word of prose is. */
function isUserAndPassword(found: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(found, "base64").toString("latin1"));
}
