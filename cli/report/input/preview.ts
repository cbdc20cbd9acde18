import * as v from "valibot";

const properties = v.record(v.string(), v.unknown());

const resourceState = v.object({
  type: v.string(),
  id: v.optional(v.string()),
  provider: v.optional(v.string(), ""),
  inputs: v.optional(properties, {}),
  outputs: v.optional(properties, {}),
  propertyDependencies: v.optional(v.record(v.string(), v.nullable(v.array(v.string()))), {}),
  retainOnDelete: v.optional(v.boolean(), false),
});

const steps = v.array(
  v.object({
    op: v.string(),
    urn: v.string(),
    oldState: v.nullish(resourceState),
    newState: v.nullish(resourceState),
  }),
);

const diagnostics = v.array(
  v.object({ message: v.string(), severity: v.string(), urn: v.optional(v.string()) }),
);

/** The engine leaves out what is empty, but a preview is never without both. */
const preview = v.union([
  v.object({ steps, diagnostics: v.optional(diagnostics, []) }),
  v.object({ steps: v.optional(steps, []), diagnostics }),
]);

/** What `pulumi preview --json` writes, as far as a report needs it. */
export type Preview = v.InferOutput<typeof preview>;
export type PreviewStep = Preview["steps"][number];
export type Diagnostic = Preview["diagnostics"][number];
export type StateProperties = v.InferOutput<typeof properties>;

/** What the engine writes in place of a secret value. No argument of a certificate can be this text. */
export const SECRET = "[secret]";

/** Maximum number of lines that may be where the JSON begins, and of those where it ends. */
const MAX_ENDS = 10;

/**
 * Finds the preview in what `pulumi preview --json` wrote, whatever wrappers and hooks have written before and after it.
 * @throws Error when there is none.
 */
export function parsePreview(text: string): Preview {
  if (text.trim() === "") {
    throw new Error(
      "there is nothing to report: `pulumi preview --json` ended before it wrote anything; see its standard error for the reason",
    );
  }
  for (const candidate of candidates(text)) {
    const parsed = v.safeParse(preview, parseJson(candidate));
    if (parsed.success) return parsed.output;
  }
  if (isEventStream(text)) {
    throw new Error(
      "this is a stream of events, not what `pulumi preview --json` writes; unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW, and " +
        "pass the output of `pulumi preview --json`, not that of `pulumi up --json`",
    );
  }
  throw new Error(
    "the input is not the complete output of `pulumi preview --json`; pass its whole standard output, as a file or through a pipe",
  );
}

/** The whole text first, then what stands between lines that begin and end an object as the engine writes it. */
function* candidates(text: string): Generator<string> {
  yield text;
  const begins = [...text.matchAll(/^\{/gm)].slice(0, MAX_ENDS).map(({ index }) => index);
  const ends = [...text.matchAll(/^\}/gm)].slice(-MAX_ENDS).map(({ index }) => index + 1);
  for (const begin of begins)
    for (const end of ends.toReversed()) if (end > begin) yield text.slice(begin, end);
}

/** What the engine writes for `up --json`, and with that variable for previews: an event on each line. */
const engineEvent = v.object({ sequence: v.number(), timestamp: v.number() });

function isEventStream(text: string): boolean {
  const line = text.split("\n").find((each) => each.startsWith('{"sequence":'));
  return line !== undefined && v.is(engineEvent, parseJson(line));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
