import type { ResourceState } from "../engine/engineOutput";
import { captureLog } from "../support/capturedLog";
import { readKeptState } from "./keptState";
import { pendingUpdates } from "./pendingUpdates";

const kept = readKeptState();

/** The names of the resources with a pending update, after a change of one resource in a state without any. */
async function pendingAfter(name: string, change: Partial<ResourceState>): Promise<readonly string[]> {
  const resources = kept.deployment.resources?.map((resource) =>
    resource.urn.endsWith(`::${name}`) ? { ...resource, ...change } : resource,
  );
  const state = { ...kept, deployment: { ...kept.deployment, ...(resources && { resources }) } };
  const urns = await pendingUpdates({ state: () => Promise.resolve(state) });
  return urns.map((urn) => urn.split("::").at(-1) ?? "");
}

const outputsOf = (name: string) =>
  kept.deployment.resources?.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs ?? {};

describe("a state", () => {
  const log = captureLog();
  afterAll(() => {
    log.restore();
  });

  test("that was written by a complete update has no pending update", async () => {
    expect(await pendingAfter("none", {})).toEqual([]);
  });

  test.each<[string, string, Partial<ResourceState>]>([
    ["without a desired id", "mtls", { outputs: { ...outputsOf("mtls"), certificateIds: {} } }],
    [
      "of a project without a desired id",
      "project",
      { outputs: { ...outputsOf("project"), certificateIds: {} } },
    ],
    ["with another name", "kept", { outputs: { ...outputsOf("kept"), name: "another" } }],
    ["with a resource that was left half made", "mtls", { initErrors: ["failed"] }],
    ["with a resource that is still to be deleted", "project", { delete: true }],
  ])("%s has a pending update of that resource", async (_state, name, change) => {
    expect(await pendingAfter(name, change)).toEqual([name]);
  });
});
