import { AUTONOMOUS_DEVELOPMENT } from "./autonomous-development.ts";
import { DEV_AUTO_FIX_REVIEW } from "./dev-auto-fix-review.ts";
import { DEV_AUTO_PARALLEL } from "./dev-auto-parallel.ts";
import { DEV_AUTO_REVIEW_LINEAR } from "./dev-auto-review-linear.ts";
import type { Prompt } from "./prompt.ts";

/** The prompts of the `dev` plugin. */
export const PROMPTS: readonly Prompt[] = [DEV_AUTO_PARALLEL, DEV_AUTO_REVIEW_LINEAR, DEV_AUTO_FIX_REVIEW];

/** The skill without its front matter. */
export const CONTRACT: string = AUTONOMOUS_DEVELOPMENT.replace(/^\s*---[\s\S]*?---\n/, "").trim();

const MANIFEST = {
  name: "dev",
  description: "Develop, review and mend issues without asking anybody",
  version: "0.1.0",
};

/** The files of the `dev` plugin as Claude Code has them, by their paths in its folder. */
export function pluginFiles(): Readonly<Record<string, string>> {
  return {
    ".claude-plugin/plugin.json": `${JSON.stringify(MANIFEST, undefined, 2)}\n`,
    ...Object.fromEntries(PROMPTS.map((prompt) => [`commands/${prompt.name}.md`, commandFile(prompt)])),
    "skills/autonomous-development/SKILL.md": `${AUTONOMOUS_DEVELOPMENT.trim()}\n`,
  };
}

/** The same flattened: a file a prompt, with the skill in it, as Codex has prompts. */
export function flatFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PROMPTS.map((prompt) => [`${prompt.name}.md`, `${commandFile(prompt).trimEnd()}\n\n${CONTRACT}\n`]),
  );
}

/** A command of a plugin: its inputs are its arguments, in their order. */
function commandFile({ describe, inputs, text }: Prompt): string {
  const names = Object.keys(inputs);
  const numbered = names.reduce((all, name, at) => all.replaceAll(`{{${name}}}`, `$${String(at + 1)}`), text.trim());
  const list = names.map((name, at) => `- \`$${String(at + 1)}\`: ${name}, ${inputs[name] ?? ""}`);
  return [
    "---",
    `description: ${describe}`,
    `argument-hint: ${names.map((name) => `<${name}>`).join(" ")}`,
    "---",
    "",
    "Inputs, all of them needed:",
    "",
    ...list,
    "",
    numbered,
    "",
  ].join("\n");
}
