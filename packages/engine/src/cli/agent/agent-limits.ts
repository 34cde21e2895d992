import type { OptionSpec } from "../../plugin/command.ts";

/** Flags of every command that asks an agent: what it may write, which model it is, and what it may use. */
export const AGENT_LIMITS: Readonly<Record<string, OptionSpec>> = {
  allow: {
    kind: "list",
    value: "<glob>",
    many: true,
    describe: "the only files that it may write; folders mean all in them",
  },
  model: { kind: "value", value: "<name>", describe: "the vendor's name of a model" },
  usd: { kind: "value", value: "<dollars>", describe: "what it may cost" },
  turns: { kind: "value", value: "<n>", count: true, describe: "how many answers of the model it may take" },
  tokens: { kind: "value", value: "<n>", count: true, describe: "how many tokens of all kinds it may take" },
  timeout: { kind: "value", value: "<seconds>", count: true, describe: "until it is ended with all that it started" },
  wait: {
    kind: "value",
    value: "<minutes>",
    count: true,
    describe: "how long it may wait for a usage limit to be reset; without this it is parked",
  },
  unsandboxed: {
    kind: "flag",
    describe: "let it run where no sandbox holds it: it can then read and write what you can",
  },
};
