import { isStandIn, looksRandom } from "./looks.ts";
import type { Family } from "./placeholder.ts";
import { placeholder } from "./placeholder.ts";

/**
 * One shape of secret. The pattern is global; its group `keep`, if it has one, stands in front and stays. Each is read in
 * linear time: what it repeats either ends the match or cannot begin another one.
 */
interface Rule {
  readonly family: Family;
  readonly pattern: RegExp;
  /** Whether what was found, without `keep`, is one. */
  readonly accepts?: (found: string) => boolean;
}

/** In front of a short prefix: no word character, unless that is the letter of an escape as JSON writes line breaks. */
const EDGE = String.raw`(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))`;

function token(family: Family, pattern: string, accepts?: Rule["accepts"]): Rule {
  return { family, pattern: new RegExp(EDGE + pattern, "g"), ...(accepts ? { accepts } : {}) };
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

const ANY_SHAPE = new RegExp(RULES.map(({ pattern }) => pattern.source.replace("?<keep>", "?:")).join("|"), "i");

/** Whether one of these passes may find something; one look is a good deal cheaper than all of them. */
export function mayHoldShape(text: string): boolean {
  return ANY_SHAPE.test(text);
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
