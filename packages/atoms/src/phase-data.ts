/** A phase as the data files hold it. */
export interface PhaseData {
  readonly number: number;
  readonly name: string;
  /** That the pipeline is whole without this phase; its atoms are then all optional. */
  readonly optional?: true;
  readonly atoms: readonly (readonly [number: string, name: string, optional?: "optional"])[];
}
