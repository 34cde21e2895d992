import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { nearest } from "../../config/suggest.ts";
import type { Opened } from "../../open.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { isFix } from "../fix/wanted-fixes.ts";
import { openWorkspace } from "../open-workspace.ts";
import { runOpened } from "../run-opened.ts";
import { table } from "../table.ts";
import { entryJson, entryViews, implementedBy, stateOf, type EntryView } from "./entry-view.ts";
import { catalogueGraphJson, closureOf, drawCatalogue } from "./graph-of-catalogue.ts";

type Output = Promise<Result<CliOutput, readonly Diagnostic[]>>;

const ACTIONS = ["list", "show", "graph", "run"] as const;

/** Carries out `symbiotic atoms`. */
export async function atomsAction(parsed: Parsed, context: CliContext): Output {
  const [action = "", wanted] = parsed.positionals;
  const known = ACTIONS.find((each) => each === action);
  if (known === undefined) return fail([unknownAction(action)]);
  if ((known === "show" || known === "run") && wanted === undefined) return fail([needsEntry(known)]);
  const opened = await openWithAll(parsed, context);
  if (!opened.ok) return opened;
  const views = entryViews(await context.catalogue(), opened.value.index);
  const found = wanted === undefined ? ok(undefined) : findEntry(wanted, views);
  if (!found.ok) return fail([found.error]);
  switch (known) {
    case "list":
      return ok(listed(views.filter((view) => isListed(view, parsed))));
    case "show":
      return ok(shown(found.value));
    case "graph":
      return ok(drawn(views, found.value, parsed));
    case "run":
      return runEntry(found.value, { opened: opened.value, parsed, context });
  }
}

/** Opens the repository with every plugin that there is: what they implement is asked of them. */
async function openWithAll(parsed: Parsed, context: CliContext): ReturnType<typeof openWorkspace> {
  const offers = (await context.onDemand()).flatMap(({ offers: [first] }) => (first === undefined ? [] : [first]));
  return openWorkspace({ ...parsed, positionals: offers }, context);
}

/** An entry by its number, its name or the id or alias of an atom that implements it. */
function findEntry(wanted: string, views: readonly EntryView[]): Result<EntryView, Diagnostic> {
  const found =
    views.find(({ entry }) => entry.number === wanted.padStart(3, "0") || entry.name === wanted) ??
    views.find(({ atoms }) => atoms.some(({ id }) => id === wanted));
  if (found !== undefined) return ok(found);
  const guess = nearest(
    wanted,
    views.flatMap(({ entry, atoms }) => [entry.name, ...atoms.map(({ id }) => id)]),
  );
  return fail(
    errorOf("SYM2083", `\`${wanted}\` is in no entry of the catalogue`, {
      hint:
        guess === undefined
          ? "write a number from 000 to 118, or a name of `symbiotic atoms list`"
          : `did you mean \`${guess}\`?`,
    }),
  );
}

function isListed(view: EntryView, { flags, values }: Parsed): boolean {
  const phase = values.get("phase");
  if (phase !== undefined && String(view.entry.phase) !== phase) return false;
  return !flags.has("missing") || stateOf(view) !== "implemented";
}

function listed(views: readonly EntryView[]): CliOutput {
  const lines: string[] = [];
  const rows = table(views.map((view) => [view.entry.number, view.entry.name, implementedBy(view)])).split("\n");
  for (const [index, view] of views.entries()) {
    if (view.phase !== views[index - 1]?.phase)
      lines.push(...(index === 0 ? [] : [""]), `${String(view.entry.phase)}  ${view.phase}`);
    lines.push(`  ${rows[index] ?? ""}${view.entry.optional ? "  (optional)" : ""}`);
  }
  const done = views.filter((view) => stateOf(view) !== "not implemented").length;
  return {
    exitCode: 0,
    json: { entries: views.map(entryJson) },
    text: [...lines, "", `${String(done)} of ${String(views.length)} are implemented`].join("\n"),
  };
}

function shown(view: EntryView | undefined): CliOutput {
  if (view === undefined) return { exitCode: 0 };
  const { entry, phase, atoms, builtIn } = view;
  const rows = [
    ["phase", `${String(entry.phase)} ${phase}`],
    ["inputs", entry.inputs.join(", ")],
    ["outputs", entry.outputs.join(", ")],
    ["after", entry.dependsOn.join(", ") || "nothing"],
    ["optional", entry.optional ? "yes" : "no"],
    ["state", stateOf(view)],
    ...atoms.map(({ id, plugin, describe }) => ["atom", `${id} (plugin ${plugin}): ${describe}`]),
    ...(builtIn === undefined ? [] : [["by", builtIn.by]]),
    ...(builtIn?.lacks === undefined ? [] : [["lacks", builtIn.lacks]]),
  ];
  const head = `${entry.number} ${entry.name}\n${entry.purpose}.\n`;
  return { exitCode: 0, json: entryJson(view), text: `${head}\n${table(rows)}` };
}

function drawn(views: readonly EntryView[], of: EntryView | undefined, { values }: Parsed): CliOutput {
  const entries = closureOf(
    views.map(({ entry }) => entry),
    of?.entry,
  );
  return {
    exitCode: 0,
    json: catalogueGraphJson(entries),
    text: drawCatalogue(entries, values.get("format") ?? "text"),
  };
}

async function runEntry(
  view: EntryView | undefined,
  { opened, parsed, context }: { readonly opened: Opened; readonly parsed: Parsed; readonly context: CliContext },
): Output {
  if (view === undefined) return fail([needsEntry("run")]);
  const ids = view.atoms.filter(({ id }) => {
    const owned = opened.index.atoms.get(id);
    return owned !== undefined && !isFix(owned);
  });
  if (ids.length === 0) return fail([notRun(view)]);
  return runOpened({ opened, parsed: { ...parsed, positionals: ids.map(({ id }) => id) }, context });
}

function notRun({ entry, builtIn }: EntryView): Diagnostic {
  const { number, name } = entry;
  return errorOf(
    "SYM2084",
    builtIn === undefined
      ? `${number} ${name} is not implemented: nothing does it yet`
      : `${number} ${name} is no atom of a plugin`,
    {
      hint:
        builtIn === undefined ? "`symbiotic atoms list --missing` says what else is missing" : `${builtIn.by} does it`,
    },
  );
}

function needsEntry(action: string): Diagnostic {
  return errorOf("SYM2006", `\`symbiotic atoms ${action}\` needs an entry`, {
    hint: "write its number or name: `symbiotic atoms list` has them",
  });
}

function unknownAction(name: string): Diagnostic {
  const guess = nearest(name, ACTIONS);
  return errorOf("SYM2007", `\`symbiotic atoms\` has no \`${name}\``, {
    hint: guess === undefined ? `write one of ${ACTIONS.join(", ")}` : `did you mean \`${guess}\`?`,
  });
}
