/** What `preview --json` prints, as far as tests read it. */
export interface PreviewDigest {
  readonly steps?: readonly PreviewStep[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly changeSummary?: Readonly<Record<string, number>>;
}

export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: ResourceState;
  readonly newState?: ResourceState;
  readonly diffReasons?: readonly string[];
  readonly detailedDiff?: Readonly<Record<string, { kind: string; inputDiff: boolean }>> | null;
}

export interface Diagnostic {
  readonly urn?: string;
  readonly prefix?: string;
  readonly message: string;
  readonly severity: string;
}

/** What `stack export` prints, as far as tests read it. */
export interface StateFile {
  readonly version: number;
  readonly deployment: {
    readonly resources?: readonly ResourceState[];
    readonly pending_operations?: readonly { resource: ResourceState; type: string }[];
  };
}

export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  /** The URN and the id of its provider. */
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Why the resource was left half made; such a resource is updated by the next `up`. */
  readonly initErrors?: readonly string[];
  /** Whether a replacement has left it to be deleted. */
  readonly delete?: boolean;
}
