import * as v from "valibot";

const properties = v.record(v.string(), v.unknown());

const resourceState = v.object({
  type: v.string(),
  inputs: v.optional(properties, {}),
  outputs: v.optional(properties, {}),
  retainOnDelete: v.optional(v.boolean(), false),
});

const preview = v.object({
  steps: v.optional(
    v.array(
      v.object({
        op: v.string(),
        urn: v.string(),
        oldState: v.nullish(resourceState),
        newState: v.nullish(resourceState),
      }),
    ),
    [],
  ),
  diagnostics: v.optional(
    v.array(v.object({ message: v.string(), severity: v.string(), urn: v.optional(v.string()) })),
    [],
  ),
});

/** What `pulumi preview --json` writes, as far as a report needs it. */
export type Preview = v.InferOutput<typeof preview>;
export type PreviewStep = Preview["steps"][number];
export type Properties = v.InferOutput<typeof properties>;

/** @throws Error when the text is none of `pulumi preview --json`. */
export function parsePreview(text: string): Preview {
  const start = text.indexOf("{");
  const parsed = v.safeParse(preview, start < 0 ? undefined : parseJson(text.slice(start)));
  if (parsed.success) return parsed.output;
  throw new Error(
    "this is not what `pulumi preview --json` writes; give its standard output, as a file or by a pipe, and nothing else",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
