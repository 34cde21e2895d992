/** Each kind of secret that is known; what stands in its place names it. */
export const FAMILIES = [
  "anthropic",
  "authorization",
  "aws",
  "azure",
  "discord-webhook",
  "docker",
  "environment",
  "github",
  "gitlab",
  "google",
  "huggingface",
  "jwt",
  "npm",
  "openai",
  "private-key",
  "pypi",
  "secret",
  "sendgrid",
  "shopify",
  "slack",
  "slack-webhook",
  "stripe",
  "teams-webhook",
  "twilio",
  "url-credentials",
  "vault",
] as const;

/** A kind of secret. */
export type Family = (typeof FAMILIES)[number];

const PLACEHOLDER = new RegExp(`(\\[redacted:(?:${FAMILIES.join("|")})\\])`);

/** What stands where a secret was: `[redacted:github]`. */
export function placeholder(family: Family): string {
  return `[redacted:${family}]`;
}

/** `rewrite` of the text between placeholders: what was replaced once is never looked at again. */
export function outsidePlaceholders(text: string, rewrite: (part: string) => string): string {
  if (!text.includes("[redacted:")) return rewrite(text);
  return text
    .split(PLACEHOLDER)
    .map((part, index) => (index % 2 === 1 || part === "" ? part : rewrite(part)))
    .join("");
}
