/** Each kind of secret that is known; what stands in its place names it. */
export const FAMILIES = [
  "age",
  "alibaba",
  "anthropic",
  "atlassian",
  "authorization",
  "aws",
  "azure",
  "buildkite",
  "circleci",
  "crates-io",
  "databricks",
  "digitalocean",
  "discord-webhook",
  "docker",
  "doppler",
  "environment",
  "figma",
  "github",
  "gitlab",
  "google",
  "grafana",
  "groq",
  "heroku",
  "huggingface",
  "jwt",
  "linear",
  "mailchimp",
  "mailgun",
  "netlify",
  "new-relic",
  "notion",
  "npm",
  "nuget",
  "openai",
  "perplexity",
  "planetscale",
  "postman",
  "private-key",
  "pulumi",
  "pypi",
  "replicate",
  "rubygems",
  "secret",
  "sendgrid",
  "sentry",
  "shopify",
  "slack",
  "slack-webhook",
  "square",
  "stripe",
  "supabase",
  "teams-webhook",
  "telegram",
  "terraform",
  "twilio",
  "url-credentials",
  "vault",
  "webhook",
  "xai",
] as const;

/** A kind of secret. */
export type Family = (typeof FAMILIES)[number];

const PLACEHOLDER = new RegExp(`(\\[redacted:(?:${FAMILIES.join("|")})\\])`);

/** What stands in the place of secrets, all of it in a text; its group is the family. */
export const PLACEHOLDERS: RegExp = new RegExp(`\\[redacted:(${FAMILIES.join("|")})\\]`, "g");

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
