import * as v from "valibot";

const ids = v.array(v.string());

const scopeFacts = v.object({
  /** Digests of the keys by which the scope is known: two connections with one in common reach the same scope. */
  scope: v.array(v.string()),
  /** Ids that the resources of the program declare, as far as the engine has checked them. */
  declared: ids,
  /** Ids of the resources that the engine has read. */
  managed: ids,
  /** Ids that a preview has listed as deactivated because a set is exclusive. */
  announcedSurplus: ids,
  /** What the ids stand for that resources declare and that are unknown during the preview. */
  unknown: v.picklist(["none", "uploads", "any"]),
  /** The clients that resources of the organization and of its projects declare; with the facts of the organization. */
  clients: v.array(
    v.object({
      projectId: v.optional(v.string()),
      name: v.string(),
      pem: v.string(),
      lockout: v.picklist(["refuse", "warn"]),
    }),
  ),
  /** The last change of each id that was requested, with the time by `machineClock`. */
  changes: v.array(
    v.object({ id: v.string(), action: v.picklist(["activate", "deactivate"]), at: v.number() }),
  ),
});

const checkFacts = v.object({
  /** How many checks of resources run. */
  running: v.number(),
  /** When the last one ended, by `machineClock`. */
  lastAt: v.number(),
});

const programFacts = v.object({
  /** When the program last declared a resource, by `machineClock`. */
  lastAt: v.number(),
  /** Whether it declares ids in a scope that is not known yet. */
  hasUnknownScope: v.boolean(),
  scopes: v.array(
    v.object({
      /** The digest of its label. */
      scope: v.string(),
      declared: ids,
      /** Whether any list of ids is not known yet. */
      hasUnknownIds: v.boolean(),
    }),
  ),
});

const processFacts = v.object({
  checks: checkFacts,
  scopes: v.array(scopeFacts),
  program: v.optional(programFacts),
});

/** What unknown ids of a scope stand for: certificates that the program uploads, or any certificates at all. */
export type UnknownIds = v.InferOutput<typeof scopeFacts>["unknown"];

/** What one provider process knows of a scope. */
export type ScopeFacts = v.InferOutput<typeof scopeFacts>;

/** The checks of resources in one provider process. */
export type CheckFacts = v.InferOutput<typeof checkFacts>;

/** What a program declares, whether the engine has checked it or not. */
export type ProgramFacts = v.InferOutput<typeof programFacts>;

/** What one process tells the others of the same run. Only that of a program has `program`. */
export type ProcessFacts = v.InferOutput<typeof processFacts>;

export function formatFacts(facts: ProcessFacts): string {
  return JSON.stringify(facts);
}

/** @returns undefined for a text of a version that tells other facts, or of a process that ended meanwhile. */
export function parseFacts(text: string): ProcessFacts | undefined {
  try {
    const parsed = v.safeParse(processFacts, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
