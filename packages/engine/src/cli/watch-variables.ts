/** What was asked of the environment: these names, or all there is. */
export type VariablesRead = readonly string[] | "all";

/**
 * Does something and tells which variables of this process it looked at. A configuration is a program: what it makes of a
 * variable is as much part of a run as the configuration itself.
 */
export async function watchVariables<T>(
  act: () => Promise<T>,
): Promise<{ readonly value: T; readonly variables: VariablesRead }> {
  const names = new Set<string>();
  let isAll = false;
  const own = process.env;
  process.env = new Proxy(own, {
    get: (target, name) => {
      if (typeof name === "string") names.add(name);
      return Reflect.get(target, name) as unknown;
    },
    has: (target, name) => {
      if (typeof name === "string") names.add(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor: (target, name) => {
      if (typeof name === "string") names.add(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys: (target) => {
      isAll = true;
      return Reflect.ownKeys(target);
    },
  });
  try {
    const value = await act();
    return { value, variables: isAll ? "all" : [...names] };
  } finally {
    process.env = own;
  }
}
