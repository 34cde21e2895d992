import { readdirSync, readFileSync } from "node:fs";

/** The processes that have this text in the environment they were started with; Linux. */
export function marked(mark: string): readonly number[] {
  return allPids().filter((pid) => pid !== process.pid && read(pid, "environ").includes(mark));
}

/** Every process below one, in whatever group or session; Linux. */
export function descendantsOf(pid: number): readonly number[] {
  const parents = new Map(allPids().map((each) => [each, parentOf(each)]));
  const below = (of: number): readonly number[] => {
    const children = [...parents].filter(([, parent]) => parent === of).map(([child]) => child);
    return children.flatMap((child) => [child, ...below(child)]);
  };
  return below(pid);
}

function allPids(): readonly number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

function parentOf(pid: number): number {
  return Number(read(pid, "stat").split(") ").at(-1)?.split(" ")[1] ?? 0);
}

/** Empty for a process that has gone meanwhile. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, "latin1");
  } catch {
    return "";
  }
}
