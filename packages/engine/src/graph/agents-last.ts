import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { TaskGraph } from "./task.ts";

/**
 * What an agent changed is run by nothing but its checks, which are held. So no other task comes after one that an agent does, and in a
 * run with such a task every other comes before it. An error that names the first that does not. Pure.
 */
export function agentsLast(graph: TaskGraph): Diagnostic | undefined {
  const agents = graph.order.filter(({ atom }) => "ask" in atom);
  const [first] = agents;
  if (first === undefined) return undefined;
  const asks = new Set(agents.map(({ id }) => id));
  const before = new Set<string>();
  // From the end: what a task waits for comes before it in this order.
  for (const task of [...graph.order].reverse())
    if (asks.has(task.id) || before.has(task.id)) for (const id of task.dependsOn) before.add(id);
  const after = graph.order.find(({ id, dependsOn }) => !asks.has(id) && dependsOn.some((each) => asks.has(each)));
  const beside = graph.order.find(({ id }) => !asks.has(id) && !before.has(id));
  const wrong = after ?? beside;
  if (wrong === undefined) return undefined;
  const [agent, what] = [first.id, after === undefined ? "runs beside" : "would run what is changed by"];
  return errorOf("SYM3013", `${wrong.id} ${what} an agent (${agent})`, {
    hint: "name it in `checks` of what the agent does: there it runs in a sandbox, before anything is applied; or run it by itself",
  });
}
