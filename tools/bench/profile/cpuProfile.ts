/** A profile as `node --cpu-prof` writes it, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node that each sample was taken in. */
  readonly samples: readonly number[];
  /** The microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** The kinds of work that the process does. */
export const KINDS = [
  "load the SDK",
  "load the package",
  "run the package",
  "run the SDK",
  "start Node and collect garbage",
] as const;
export type Kind = (typeof KINDS)[number];

/** Milliseconds of each kind of work. Time in which the process waits is not counted. */
export function attribute(
  profile: CpuProfile,
  ownPackages: ReadonlySet<string>,
): Readonly<Record<Kind, number>> {
  const kinds = kindsOf(profile.nodes, ownPackages);
  const totals = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  for (const [index, node] of profile.samples.entries()) {
    const kind = kinds.get(node);
    if (kind !== undefined) totals[kind] += (profile.timeDeltas[index] ?? 0) / 1000;
  }
  return totals;
}

/** What a stack of frames contains. */
interface Stack {
  readonly isOwn: boolean;
  readonly isLoading: boolean;
  readonly isPackage: boolean;
}

/** The source of Node's module loader. */
const LOADER = "node:internal/modules/";

/** Frames in which the process waits. */
const IDLE = new Set(["(idle)", "(program)"]);

/** The kind of work of each node; none for those in which the process waits. */
function kindsOf(nodes: readonly ProfileNode[], ownPackages: ReadonlySet<string>): ReadonlyMap<number, Kind> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const kinds = new Map<number, Kind>();
  const visit = (node: ProfileNode, above: Stack): void => {
    const { functionName, url } = node.callFrame;
    const owner = packageOf(url);
    const stack = {
      isOwn: above.isOwn || (owner !== undefined && ownPackages.has(owner)),
      isLoading: above.isLoading || url.startsWith(LOADER),
      isPackage: above.isPackage || owner !== undefined,
    };
    if (!IDLE.has(functionName)) kinds.set(node.id, kindOf(stack));
    for (const child of node.children ?? []) {
      const found = byId.get(child);
      if (found) visit(found, stack);
    }
  };
  const [root] = nodes;
  if (root) visit(root, { isOwn: false, isLoading: false, isPackage: false });
  return kinds;
}

function kindOf({ isOwn, isLoading, isPackage }: Stack): Kind {
  if (isOwn) return isLoading ? "load the package" : "run the package";
  if (isLoading) return "load the SDK";
  return isPackage ? "run the SDK" : "start Node and collect garbage";
}

/** The package that a source file belongs to. */
function packageOf(url: string): string | undefined {
  const [, path] = /.*\/node_modules\/(.+)$/.exec(url) ?? [];
  const [scope = "", name = ""] = path?.split("/") ?? [];
  if (scope === "") return undefined;
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}
