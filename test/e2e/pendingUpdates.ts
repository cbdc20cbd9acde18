import { certificate, organization, project } from "../../provider/index";
import type { Properties } from "../../provider/resource/resource";
import { startRun } from "../../provider/session/session";
import type { ResourceState } from "../engine/engineOutput";
import type { Stack } from "../engine/stack";

const PROVIDERS = new Map([
  ["OrgCertificateActivation", organization],
  ["ProjectCertificateActivation", project],
  ["Certificate", certificate],
]);

/**
 * The URNs of the resources that another `up` of the same program would update. Asks the provider about each resource of
 * the state, as `up --expect-no-changes` does, but in this process.
 */
export async function pendingUpdates(stack: Pick<Stack, "state">): Promise<readonly string[]> {
  startRun();
  const { deployment } = await stack.state();
  const pending: string[] = [];
  for (const resource of deployment.resources ?? []) {
    if (resource.type.includes("/openai-certificates:") && (await isPending(resource)))
      pending.push(resource.urn);
  }

  return pending;
}

async function isPending(resource: ResourceState): Promise<boolean> {
  const { type, id = "", inputs = {}, outputs = {}, initErrors = [] } = resource;
  if (resource.delete === true || initErrors.length > 0) return true;
  const provider = PROVIDERS.get(type.split(":").at(-1) ?? "");
  if (!provider) throw new Error(`No provider is known for ${type}.`);
  const checked = await provider.check(inputs, inputs);
  if (checked.failures?.length) throw new Error(JSON.stringify(checked.failures));
  const { changes } = await provider.diff(id, outputs, checked.inputs as Properties);
  return changes !== false;
}
