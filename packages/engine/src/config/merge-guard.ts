import { AGENT_ROLES, type GuardRules, type GuardSetting } from "./guard-schema.ts";

/**
 * One setting of the guard out of two. What protects, denies and unprotects adds up; a later value takes the place of any
 * other; what is of a role is joined role by role.
 */
export function mergedGuard(base: GuardSetting | undefined, own: GuardSetting | undefined): GuardSetting | undefined {
  if (base === undefined || own === undefined) return own ?? base;
  const roles = AGENT_ROLES.flatMap((role) => {
    const [a, b] = [base.roles?.[role], own.roles?.[role]];
    return a === undefined && b === undefined ? [] : [[role, mergedRules(a ?? {}, b ?? {})] as const];
  });
  return { ...mergedRules(base, own), ...(roles.length === 0 ? {} : { roles: Object.fromEntries(roles) }) };
}

/** The same for the rules of one role, or of all. */
export function mergedRules(base: GuardRules, own: GuardRules): GuardRules {
  const { allow } = { ...base.commands, ...said(own.commands ?? {}) };
  return said({
    ...base,
    ...said(own),
    roles: undefined,
    protect: added(base.protect, own.protect),
    unprotect: added(base.unprotect, own.unprotect),
    commands: (base.commands ?? own.commands) && {
      ...(allow && { allow }),
      ...said({
        deny: added(base.commands?.deny, own.commands?.deny),
        permit: added(base.commands?.permit, own.commands?.permit),
      }),
    },
    patterns: both(base.patterns, own.patterns),
    budget: both(base.budget, own.budget),
  });
}

function both<T extends object>(base: T | undefined, own: T | undefined): T | undefined {
  return base === undefined || own === undefined ? (own ?? base) : { ...base, ...said(own) };
}

function added(base?: readonly string[], own?: readonly string[]): readonly string[] | undefined {
  return base === undefined || own === undefined ? (own ?? base) : [...new Set([...base, ...own])];
}

/** Without what is `undefined`: that is not said. */
function said<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
