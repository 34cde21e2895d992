import type { Agent } from "@symbiotic-build/engine";
import { command } from "./command.ts";
import { end } from "./end.ts";
import type { CodexOptions } from "./options.ts";
import { readLine } from "./read-line.ts";
import { readRollout } from "./read-rollout.ts";

const PACKAGE = "@openai/codex";

/** Where a platform's program lies, by the name that its compiler has for it. */
function native(platform: string, target: string): string[] {
  return [`${PACKAGE}-${platform}/vendor/${target}/bin/codex${platform.startsWith("win32") ? ".exe" : ""}`];
}

/** Codex, without a terminal. */
export const codexAgent: Agent<CodexOptions> = {
  title: "Codex",
  describe: "OpenAI's Codex",
  tool: {
    bin: "codex",
    package: PACKAGE,
    version: "0.169.0",
    natives: {
      "linux-x64": native("linux-x64", "x86_64-unknown-linux-musl"),
      "linux-arm64": native("linux-arm64", "aarch64-unknown-linux-musl"),
      "darwin-x64": native("darwin-x64", "x86_64-apple-darwin"),
      "darwin-arm64": native("darwin-arm64", "aarch64-apple-darwin"),
      "win32-x64": native("win32-x64", "x86_64-pc-windows-msvc"),
      "win32-arm64": native("win32-arm64", "aarch64-pc-windows-msvc"),
    },
  },
  signIn: {
    variables: ["CODEX_API_KEY", "OPENAI_API_KEY"],
    files: [".codex/auth.json"],
    hint: "run `codex login`, or set OPENAI_API_KEY",
  },
  variables: ["OPENAI_BASE_URL", "CODEX_HOME"],
  endpoints: ["OPENAI_BASE_URL"],
  command,
  read: readLine,
  end,
  follows: {
    file: (session, { home, variables }) => ({
      folder: `${variables["CODEX_HOME"] ?? `${home}/.codex`}/sessions`,
      ending: `-${session}.jsonl`,
    }),
    read: readRollout,
  },
};
