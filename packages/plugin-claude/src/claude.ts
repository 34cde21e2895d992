import type { Agent } from "@symbiotic-build/engine";
import { command } from "./command.ts";
import { end } from "./end.ts";
import type { ClaudeOptions } from "./options.ts";
import { readLine } from "./read-line.ts";

const PACKAGE = "@anthropic-ai/claude-code";

/** Where a platform's program lies; with musl it is another one. */
function natives(platform: string, ...suffixes: readonly string[]): string[] {
  return suffixes.map(
    (suffix) => `${PACKAGE}-${platform}${suffix}/claude${platform.startsWith("win32") ? ".exe" : ""}`,
  );
}

/** Claude Code, without a terminal. */
export const claudeAgent: Agent<ClaudeOptions> = {
  title: "Claude Code",
  describe: "Anthropic's Claude Code",
  tool: {
    bin: "claude",
    package: PACKAGE,
    version: "2.1.329",
    natives: {
      "linux-x64": natives("linux-x64", "", "-musl"),
      "linux-arm64": natives("linux-arm64", "", "-musl"),
      "darwin-x64": natives("darwin-x64", ""),
      "darwin-arm64": natives("darwin-arm64", ""),
      "win32-x64": natives("win32-x64", ""),
      "win32-arm64": natives("win32-arm64", ""),
    },
  },
  signIn: {
    variables: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"],
    files: [".claude/.credentials.json"],
    hint: "run `claude` once and sign in, or set ANTHROPIC_API_KEY",
  },
  variables: ["ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS", "CLAUDE_CONFIG_DIR"],
  endpoints: ["ANTHROPIC_BASE_URL"],
  command,
  read: readLine,
  end,
};
