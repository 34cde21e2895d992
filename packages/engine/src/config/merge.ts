import type { AtomOverride, AtomSetting } from "./atom-schema.ts";
import { mergedGuard } from "./merge-guard.ts";
import type { Settings } from "./schema.ts";

/**
 * One configuration out of presets and the file itself, in order of rising precedence. A later value wins. Lists of
 * `disable`, `globalInputs`, `projects.exclude` and `environment.pass` add up; `targets`, `inputs`, `intents`, `severity`, `gates`, `atoms` are
 * joined by name, a gate and an atom member by member; an atom's `env`, `resources` and `projects` again by name. Of `guard`
 * what protects and denies adds up.
 */
export function mergeSettings(layers: readonly Settings[]): Settings {
  return layers.length === 1 ? (layers[0] ?? {}) : layers.reduce(merged, {});
}

function merged(base: Settings, own: Settings): Settings {
  const pass = added(base.environment?.pass, own.environment?.pass);
  const exclude = added(base.projects?.exclude, own.projects?.exclude);
  return said({
    ...base,
    ...said(own),
    disable: added(base.disable, own.disable),
    globalInputs: added(base.globalInputs, own.globalInputs),
    targets: joined(base.targets, own.targets),
    inputs: joined(base.inputs, own.inputs),
    intents: joined(base.intents, own.intents),
    severity: joined(base.severity, own.severity),
    gates: joined(base.gates, own.gates, (a, b) => ({
      ...a,
      ...said({ ...b, projects: joined(a.projects, b.projects, (all, one) => ({ ...all, ...said(one) })) }),
    })),
    atoms: joined(base.atoms, own.atoms, mergedAtom),
    agents: joined(base.agents, own.agents),
    guard: mergedGuard(base.guard, own.guard),
    environment: pass && { pass },
    projects: exclude && { exclude },
    cache: joined(base.cache, own.cache),
    reports: joined(base.reports, own.reports),
  });
}

function mergedAtom(base: false | AtomSetting, own: false | AtomSetting): false | AtomSetting {
  if (base === false || own === false) return own;
  const projects = joined(base.projects, own.projects, (a, b) => (a === false || b === false ? b : withOverride(a, b)));
  return { ...withOverride(base, own), ...said({ projects }) };
}

/** An atom as it is where an override applies. */
export function withOverride<T extends AtomOverride>(base: T, own: AtomOverride): T {
  return {
    ...base,
    ...said({ ...own, env: joined(base.env, own.env), resources: joined(base.resources, own.resources) }),
  };
}

/** Lists that add up, each entry once. */
function added(base?: readonly string[], own?: readonly string[]): readonly string[] | undefined {
  return base === undefined || own === undefined ? (own ?? base) : [...new Set([...base, ...own])];
}

function joined<T extends object>(base: T | undefined, own: T | undefined, both?: JoinTwo<T>): T | undefined {
  if (base === undefined || own === undefined) return own ?? base;
  const join = (key: string, value: T[keyof T]): T[keyof T] => {
    const before = Object.hasOwn(base, key) ? base[key as keyof T] : undefined;
    return both === undefined || before === undefined ? value : both(before, value);
  };
  const entries = Object.entries(said(own)).map(([key, value]) => [key, join(key, value as T[keyof T])]);
  return { ...base, ...(Object.fromEntries(entries) as T) };
}

type JoinTwo<T> = (base: T[keyof T], own: T[keyof T]) => T[keyof T];

/** Without what is `undefined`: that is not said, and takes nobody's place. */
function said<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
