/** What an entry is for and how it hangs together with others. */
export interface AtomData {
  /** What it is for, one sentence without a full stop. */
  readonly purpose: string;
  /** What it works on, in words. */
  readonly inputs: readonly string[];
  /** What it leaves, in words. */
  readonly outputs: readonly string[];
  /** The numbers of the entries that come first. */
  readonly dependsOn: readonly string[];
  /** That its phase is whole without it. */
  readonly optional?: true;
}

/** A phase as the data files hold it. */
export interface PhaseData {
  readonly number: number;
  readonly name: string;
  /** That the pipeline is whole without this phase; its atoms are then all optional. */
  readonly optional?: true;
  readonly atoms: readonly (readonly [number: string, name: string, data: AtomData])[];
}
