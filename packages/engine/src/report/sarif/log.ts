/** The parts of SARIF 2.1.0 that are written, by the names of its specification. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly SarifRun[];
}

/** What one tool found. */
export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly automationDetails: { readonly id: string };
  readonly originalUriBaseIds: { readonly [id: string]: { readonly description: SarifMessage } };
  readonly columnKind: "utf16CodeUnits";
  readonly invocations: readonly SarifInvocation[];
  readonly results: readonly SarifResult[];
}

/** A tool and its rules. */
export interface SarifDriver {
  readonly name: string;
  readonly rules: readonly SarifRule[];
}

/** A rule of which there is a result. */
export interface SarifRule {
  readonly id: string;
  readonly shortDescription: SarifMessage;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly helpUri?: string;
  readonly properties?: { readonly tags: readonly string[] };
}

/** How severe something is. */
export type SarifLevel = "error" | "warning" | "note";

/** A text. */
export interface SarifMessage {
  readonly text: string;
}

/** That the tool was run, and what is to be known of that. */
export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly toolExecutionNotifications?: readonly { readonly level: SarifLevel; readonly message: SarifMessage }[];
}

/** A finding. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly baselineState: "new" | "unchanged";
  readonly suppressions: readonly {
    readonly kind: "external";
    readonly status: "accepted";
    readonly justification: string;
  }[];
  readonly properties: {
    readonly task: string;
    readonly project: string;
    readonly gates: readonly string[];
    readonly alsoBy: readonly string[];
  };
}

/** A place in a file. */
export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region?: SarifRegion;
  };
}

/** Lines and columns from 1, the end exclusive. */
export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}
