import type { Platform } from "./platform.ts";

const PULLS = ["signedIn", "find", "create", "update", "markReady", "view"];
const STACK = ["track", "state", "submit", "sync", "log", "info"];

/** Which part a platform lacks; nothing where it has all. */
export function checkPlatform(platform: Platform): string | undefined {
  const parts = fields(platform);
  const tool = fields(parts["tool"]);
  if (typeof tool["bin"] !== "string" || typeof tool["version"] !== "string" || typeof tool["versionIn"] !== "function")
    return "a `tool` with `bin`, `version` and `versionIn`";
  if (!Array.isArray(fields(parts["signIn"])["variables"])) return "a `signIn` with `variables`";
  if (!Array.isArray(parts["variables"])) return "`variables`";
  const { pulls, stack } = parts;
  if (pulls === undefined && stack === undefined) return "`pulls` or `stack`";
  const lack = [...operationsLacking("pulls", pulls, PULLS), ...operationsLacking("stack", stack, STACK)];
  return lack[0];
}

function operationsLacking(role: string, operations: unknown, names: readonly string[]): string[] {
  if (operations === undefined) return [];
  return names.flatMap((name) => {
    const operation = fields(fields(operations)[name]);
    const isWhole = ["command", "read"].every((part) => typeof operation[part] === "function");
    return isWhole ? [] : [`\`${role}.${name}\` with \`command\` and \`read\``];
  });
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
