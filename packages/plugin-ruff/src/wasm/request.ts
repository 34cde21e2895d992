import type { Table } from "@symbiotic-build/validator";
import { z } from "zod";

/** What the embedded ruff is asked: paths are relative to the repository root. */
export interface EmbeddedRequest {
  /** Ruff's settings as JSON. */
  readonly options: Table;
  /** The folder that patterns in the settings are relative to. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** Reads a request. */
export const requestSchema: z.ZodType<EmbeddedRequest> = z.object({
  options: z.record(z.string(), z.json()),
  folder: z.string(),
  files: z.array(z.string()),
});

/** A diagnostic in the words of ruff's own JSON. */
export interface EmbeddedEntry {
  readonly code: string | null;
  readonly message: string;
  readonly filename: string;
  readonly location?: { readonly row: number; readonly column: number };
  readonly end_location?: { readonly row: number; readonly column: number };
  readonly fix?: { readonly applicability: "unsafe"; readonly message: string | null };
}

/** What the embedded ruff answers. */
export interface EmbeddedReport {
  readonly entries: readonly EmbeddedEntry[];
  /** Files that it cannot judge: stubs, notebooks, and what is not UTF-8. */
  readonly notChecked: readonly string[];
}
