import { definePlugin, type PluginUse } from "@symbiotic-build/engine";
import * as z from "zod";

const base = { api: 1, name: "example", from: import.meta.url } as const;
const free = definePlugin({ ...base, options: z.strictObject({ select: z.array(z.string()).optional() }).default({}) });
const strict = definePlugin({ ...base, options: z.strictObject({ level: z.number() }) });

// Options that may all be left out make the argument optional; others make it required.
free() satisfies PluginUse;
free({ select: ["E"] }) satisfies PluginUse;
strict({ level: 1 }) satisfies PluginUse;
// @ts-expect-error level is missing
strict();
// @ts-expect-error no such option
free({ selct: ["E"] });
// @ts-expect-error a number is wanted
strict({ level: "1" });

// Hooks see the options as the schema gives them out, without an annotation.
definePlugin({
  ...base,
  options: z.strictObject({ level: z.number().default(1) }),
  atoms: {
    run_example: {
      kind: "check",
      describe: "An example",
      title: "example",
      inputs: ({ options }) => ({ files: ["x".repeat(options.level satisfies number)] }),
      command: ({ options }) => ({ argv: ["example", String(options.level satisfies number)] }),
    },
  },
});

definePlugin({
  ...base,
  // @ts-expect-error there is no contract of this version
  api: 2,
  options: z.strictObject({}),
});

// An agent's functions see the options, too.
definePlugin({
  ...base,
  options: z.strictObject({ level: z.number().default(1) }),
  agents: {
    helper: {
      title: "Helper",
      describe: "An example",
      tool: { bin: "helper", package: "helper", version: "1.0.0", natives: {} },
      signIn: { variables: ["HELPER_KEY"], files: [], hint: "set HELPER_KEY" },
      variables: [],
      command: ({ options, request, tool }) => ({
        argv: [...tool, String(options.level satisfies number)],
        env: {},
        files: {},
        stdin: request.prompt,
      }),
      read: (line) => ({ events: [{ type: "text", text: line }] }),
      end: ({ exitCode }) =>
        exitCode === 0
          ? { kind: "answered", text: "" }
          : { kind: "ended", end: "crashed", message: String(exitCode satisfies number | null) },
    },
  },
});

definePlugin({
  ...base,
  options: z.strictObject({}),
  agents: {
    // @ts-expect-error it says nothing of how it ended
    helper: {
      title: "Helper",
      describe: "An example",
      tool: { bin: "helper", package: "helper", version: "1.0.0", natives: {} },
      signIn: { variables: [], files: [], hint: "" },
      variables: [],
      command: ({ tool }) => ({ argv: tool, env: {}, files: {}, stdin: "" }),
      read: () => ({ events: [] }),
    },
  },
});
