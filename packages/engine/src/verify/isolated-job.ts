import { join } from "node:path";
import { absolutePath } from "../core/path.ts";
import type { Job } from "../execute/job.ts";
import { makeJob } from "../execute/make-job.ts";
import { shellLine } from "../execute/shell.ts";
import { createToolFinder } from "../execute/tool-finder.ts";
import type { Variables } from "../fingerprint/variables.ts";
import { guarded } from "../plugin/guarded.ts";
import { movedText } from "../staged/moved-text.ts";
import { bindings } from "./bubblewrap.ts";
import type { Subject } from "./subject.ts";
import type { VerifyHost } from "./verify-host.ts";

/** The job of a task that sees the tree instead of the repository. `variables`: the environment that goes with the tree. */
export function isolatedJob(subject: Subject, variables: Variables, host: VerifyHost): Job {
  const { task, prepared } = subject;
  const { root, environment, place } = host;
  const job = {
    ...makeJob(task, prepared, { root, environment, runFolder: ".symbiotic" }),
    outDirectory: join(place.tree, ...prepared.context.out.split("/")),
    logFile: place.log,
  };
  return subject.isolation === "bubblewrap"
    ? boundJob(job, subject, host)
    : copiedJob(job, { subject, variables, host });
}

/** The tree stands at the place of the repository, so that every path is what it always is. */
function boundJob(job: Job, { environments }: Subject, { bubblewrap, root, place: { tree } }: VerifyHost): Job {
  const { command } = job;
  if (command === undefined || !("program" in bubblewrap)) return job;
  const { shell, ...rest } = command;
  const words = shell === true ? ["/bin/sh", "-c", shellLine(command.argv, "linux")] : command.argv;
  const cwd = String(absolutePath(root, command.cwd));
  const wrapped = [...bindings({ tree, root, installed: environments.installed }), "--chdir", cwd, "--"];
  return { ...job, command: { ...rest, argv: [bubblewrap.program, ...wrapped, ...words] } };
}

interface Copied {
  readonly subject: Subject;
  readonly variables: Variables;
  readonly host: VerifyHost;
}

function copiedJob(job: Job, { subject, variables, host }: Copied): Job {
  const { root, place } = host;
  const given = Object.keys(job.variables).flatMap((name) => {
    const value = variables[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...job,
    root: place.tree,
    // Modules of an environment are links to the real ones, beside which Python would write.
    variables: { PYTHONDONTWRITEBYTECODE: "1", ...Object.fromEntries(given) },
    substitutions: Object.fromEntries(
      Object.entries(foundAgain(subject, variables, host) ?? job.substitutions).map(([token, path]) => [
        token,
        token === "{module}" || token === "{node}" ? path : movedText(path, [[root, place.tree]]),
      ]),
    ),
  };
}

/** The same tool, in the environments that were made for the tree. */
function foundAgain(
  { task, prepared }: Subject,
  variables: Variables,
  host: VerifyHost,
): Job["substitutions"] | undefined {
  if (prepared.found === undefined) return undefined;
  const specs = guarded(`${task.id}: tools`, () => task.atom.tools?.(task.context));
  if (!specs.ok || specs.value === undefined) return undefined;
  const { tools, node, memo, place } = host;
  const finder = createToolFinder({ root: place.tree, env: variables, home: tools.home, node, memo });
  const found = finder.find(task.project, specs.value);
  return found.ok && found.value.resolved.name === prepared.found.resolved.name ? found.value.substitutions : undefined;
}
