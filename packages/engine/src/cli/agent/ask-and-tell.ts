import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import type { CliOutput } from "../command.ts";
import { editJson, editText } from "./agent-output.ts";
import { askAgent, isWell, type AskPlace } from "./ask-agent.ts";
import type { Asked } from "./asked.ts";

/** Asks an agent for a command whose output is what came of it. */
export async function askAndTell(asked: Asked, place: AskPlace): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const { write } = place.context;
  const isJson = place.parsed.flags.has("json");
  const say = (stream: "stdout" | "stderr") => (line: string) => {
    if (!isJson) write(stream, `${line}\n`);
  };
  const edited = await askAgent(asked, place, { head: say("stdout"), line: say("stderr") });
  if (!edited.ok) return edited;
  const exitCode = isWell(edited.value.result) ? EXIT.passed : EXIT.failed;
  return ok({ exitCode, text: editText(edited.value), json: editJson(edited.value) });
}
