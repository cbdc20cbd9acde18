import { getProject, getStack, log, output, runtime } from "@pulumi/pulumi";
import type { Input } from "@pulumi/pulumi";

/** Settings that are secret whatever they contain, and those that are secret if they contain a private key. */
const SECRETS = ["adminKey", "clientKeyPassphrase"];
const MAYBE_SECRETS = ["clientKey", "clientCertificate"];

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Warned of in this process, in which the Automation API may run the programs of several stacks. */
const warned = new Set<string>();

/**
 * Warns of keys of a connection that were set without `--secret`: the engine stores the configuration of a stack in its
 * state, for the dynamic provider. Only the program knows which values are secret.
 */
export function warnOfClearKeys(connection: Input<string> = "openai-certificates"): void {
  output(connection).apply((namespace) => {
    const given = (setting: string): string => runtime.getConfig(`${namespace}:${setting}`) ?? "";
    const keys = [
      ...SECRETS.filter((setting) => given(setting) !== ""),
      ...MAYBE_SECRETS.filter((setting) => PRIVATE_KEY.test(given(setting))),
    ];
    for (const key of keys.map((setting) => `${namespace}:${setting}`)) if (!isSecret(key)) warnOnce(key);
  });
}

function warnOnce(key: string): void {
  const id = [getProject(), getStack(), key].join();
  if (warned.has(id)) return;
  warned.add(id);
  log
    .warn(
      `${key} is not secret, so it is stored in clear text in the configuration and in the state of the stack. Run ` +
        `\`pulumi config set --secret ${key}\` and \`pulumi up\`, and replace the key if anybody else has access to either.`,
    )
    .catch(() => undefined);
}

/** The function is not part of the declarations of the SDK. */
function isSecret(key: string): boolean {
  const { isConfigSecret } = runtime as { isConfigSecret?: (key: string) => boolean };
  return isConfigSecret?.(key) ?? true;
}
