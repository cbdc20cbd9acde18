/** The script that runs dynamic providers. Its first argument is the engine's address. */
const PROVIDER_PROCESS = /[\\/]dynamic-provider\b/;
const ADDRESS = /^(?:[\w.-]+|\[[\da-f:]+\]):\d+$/i;

/** The address of the engine whose dynamic provider process has these arguments; undefined for another process. */
export function engineAddress([, script = "", address = ""]: readonly string[]): string | undefined {
  return PROVIDER_PROCESS.test(script) && ADDRESS.test(address) ? address : undefined;
}
