/** Licences that are allowed in the trial. */
export const ALLOWED = ["MIT*", "BSD*", "Apache*", "ISC*", "PSF*", "Python Software Foundation*"];

/** What is measured in the trial: the first fails where there is no `setup.py`. */
export const BENCHMARKS = [
  { name: "setup", command: "python setup.py --name" },
  { name: "list", command: "git ls-files" },
];

/** @typedef {{ osvUrl: string }} Settings */

/**
 * What is configured for symbiotic in the place of nothing: advisories are asked for on loopback, licences need a list.
 * @type {Readonly<Record<string, (settings: Settings) => unknown>>}
 */
export const CONFIGURATIONS = {
  "pip-audit": ({ osvUrl }) =>
    withOptions("pip-audit", {
      ...{ service: "osv", osvUrl, requirements: ["requirements.txt"] },
      args: ["--no-deps", "--disable-pip"],
    }),
  hyperfine: () => withOptions("hyperfine", { benchmarks: BENCHMARKS, runs: 2 }),
  "pip-licenses": () => withOptions("pip-licenses", { allow: ALLOWED }),
};

/**
 * @param {string} validator
 * @param {unknown} options
 */
function withOptions(validator, options) {
  return { plugins: [{ use: `@symbiotic-build/plugin-${validator}`, options }] };
}
