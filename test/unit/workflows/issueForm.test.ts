import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { REPOSITORY } from "../../engine/packages";

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: {
    readonly label?: string;
    readonly value?: string;
    readonly options?: readonly unknown[];
  };
  readonly validations?: { readonly required: boolean };
}

const read = (name: string): unknown =>
  parse(readFileSync(join(REPOSITORY, ".github/ISSUE_TEMPLATE", name), "utf8"));

const { body } = read("bug.yml") as { readonly body: readonly Field[] };

test("the form for bugs warns against pasting keys before anything else, and asks for a confirmation", () => {
  expect(body[0]?.type).toBe("markdown");
  expect(body[0]?.attributes.value).toMatch(/^\*\*Do not paste keys\.\*\*/);
  const confirmation = body.find(({ type }) => type === "checkboxes");
  expect(confirmation?.attributes.options).toEqual([
    { label: expect.stringContaining("private key") as string, required: true },
  ]);
});

test("the form requires each version that decides how the provider runs", () => {
  const required = body.filter(({ validations }) => validations?.required).map(({ id }) => id);
  expect(required).toEqual(
    expect.arrayContaining(["package", "entry", "cli", "sdk", "language", "backend", "output"]),
  );
});

test("each field has an id of its own and a label, as GitHub requires", () => {
  const fields = body.filter(({ type }) => type !== "markdown");
  expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  expect(fields.filter(({ attributes }) => attributes.label === undefined)).toEqual([]);
});

test("an issue without the form can be opened, too", () => {
  expect(read("config.yml")).toEqual({ blank_issues_enabled: true });
});
