/** What a part of the engine does of the catalogue. */
export interface BuiltIn {
  /** A command line, or what else does it. */
  readonly by: string;
  /** What is missing of it. */
  readonly lacks?: string;
}

const DOCTOR = "symbiotic doctor";
const REPORT = "symbiotic report";
const AGENT = "symbiotic agent run";
const FIX_BY_AGENT = "symbiotic fix --agent auto";
const LOCAL_CI = "symbiotic local-ci";
const ROUNDS = "symbiotic fix --rounds <n>";

/** By catalogue number what commands and gates do; what atoms of plugins do, they say themselves. */
export const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  "000": { by: DOCTOR, lacks: "it says the system, not the shell" },
  "002": { by: DOCTOR, lacks: "it says that git is missing, and installs nothing" },
  "012": { by: DOCTOR },
  "019": { by: "symbiotic hook install" },
  "022": { by: AGENT },
  "023": { by: AGENT },
  "024": { by: AGENT },
  "025": { by: AGENT },
  "026": { by: AGENT },
  "027": { by: "symbiotic affected --files" },
  "030": { by: REPORT },
  "034": { by: REPORT },
  "035": { by: "symbiotic triage" },
  "036": { by: "symbiotic run pytest --affected", lacks: "it chooses projects, not tests within one" },
  "039": { by: "the gate coverage" },
  "040": { by: REPORT },
  "041": { by: "symbiotic run pytest -- --lf" },
  "042": { by: "symbiotic fix" },
  "043": { by: FIX_BY_AGENT },
  "044": { by: FIX_BY_AGENT },
  "045": { by: FIX_BY_AGENT },
  "046": { by: "symbiotic watch pytest --until-green -- --ff --maxfail=1" },
  "047": { by: LOCAL_CI },
  "048": { by: `${LOCAL_CI} (stage 1)` },
  "049": { by: `${LOCAL_CI} (stage 2)` },
  "050": { by: `${LOCAL_CI} (stage 3)` },
  "051": { by: LOCAL_CI },
  "052": { by: ROUNDS },
  "053": { by: `${FIX_BY_AGENT} --dry-run` },
  "054": { by: FIX_BY_AGENT },
  "055": { by: ROUNDS },
  "056": { by: ROUNDS },
  "067": { by: REPORT },
  "068": { by: REPORT },
  "069": { by: REPORT },
  "101": { by: AGENT, lacks: "it keeps them from agents; it manages none" },
  "103": { by: "every run: logs and reports are redacted, runs and the cache are pruned" },
  "104": { by: "symbiotic audit", lacks: "it knows of agents, not of CI" },
  "105": { by: "symbiotic triage" },
  "106": { by: "symbiotic runs show" },
  "107": { by: "symbiotic run --resume" },
  "110": { by: "symbiotic run --shard <i>/<n>" },
  "111": { by: "symbiotic runs show --profile", lacks: "no trends over many runs" },
  "112": { by: "symbiotic hook install" },
  "113": { by: LOCAL_CI },
  "114": { by: "the gate coverage" },
};
