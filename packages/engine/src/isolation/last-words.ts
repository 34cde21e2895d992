import { OUT_OF_MEMORY, type Loss } from "./messages.ts";

/** Characters of last words that are kept. */
const MOST = 200;

/** Why a process that ended of itself did so, from the end of what it wrote to its standard error. */
export function lossOf(said: string): Pick<Loss, "why" | "lastWords"> {
  if (said.includes(OUT_OF_MEMORY) || /heap out of memory|Array buffer allocation failed/.test(said))
    return { why: "memory" };
  const lastWords = lastError(said);
  return lastWords === undefined ? { why: "exited" } : { why: "exited", lastWords };
}

/** The line of an exception that Node wrote about, without its stack and without the codes of terminals. */
function lastError(said: string): string | undefined {
  const lines = said.split(/\r?\n/).map((line) => line.replace(/\p{Cc}/gu, " ").trim());
  const line = lines.findLast((each) => /^(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception)\b(?: \[\w+\])?:/.test(each));
  return line?.slice(0, MOST);
}
