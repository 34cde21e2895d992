import type { AtomData, PhaseData } from "./phase-data.ts";
import { across } from "./phases/across.ts";
import { check } from "./phases/check.ts";
import { deliver } from "./phases/deliver.ts";
import { edit } from "./phases/edit.ts";
import { setUp } from "./phases/set-up.ts";
import { verify } from "./phases/verify.ts";

/** One step of the pipeline, as the catalogue names it. A plugin's atom says with `implements` which of them it does. */
export interface CatalogueEntry extends Omit<AtomData, "optional"> {
  /** Three digits, `"000"` to `"118"`: what `implements` holds. It is in no key. */
  readonly number: string;
  /** Unique, snake_case. Not the id of an atom: ids belong to plugins, and several may implement one entry. */
  readonly name: string;
  /** 0 to 20. */
  readonly phase: number;
  /** That the pipeline is whole without it. */
  readonly optional: boolean;
}

/** A stretch of the pipeline, in the order of the work. */
export interface Phase {
  /** 0 to 20. */
  readonly number: number;
  readonly name: string;
}

const DATA: readonly PhaseData[] = [...setUp, ...edit, ...check, ...verify, ...deliver, ...across];

/** The phases, 0 to 20, in order. */
export const PHASES: readonly Phase[] = DATA.map(({ number, name }) => ({ number, name }));

/** All 119 entries, by number. */
export const CATALOGUE: readonly CatalogueEntry[] = DATA.flatMap(entriesOf);

const BY_NUMBER: ReadonlyMap<string, CatalogueEntry> = new Map(CATALOGUE.map((entry) => [entry.number, entry]));

/** The entry of this number, `undefined` where there is none. */
export function catalogueEntry(number: string): CatalogueEntry | undefined {
  return BY_NUMBER.get(number);
}

function entriesOf(phase: PhaseData): readonly CatalogueEntry[] {
  const all = phase.optional === true;
  return phase.atoms.map(([number, name, { optional, ...data }]) => ({
    number,
    name,
    phase: phase.number,
    ...data,
    optional: all || optional === true,
  }));
}
