import { UserError } from "./userError";

/**
 * The supported versions of Node.js, as in `engines` of package.json: those with `tls.getCACertificates`, the newest
 * function in use. Version 23 is no longer maintained. This module runs on any Node.js, so it depends on no package.
 */
export const OLDEST = { major: 22, minor: 15 } as const;
const NEXT_MAJOR = 24;

const NEED =
  `pulumi-openai-certificates needs Node.js ${OLDEST.major}.${OLDEST.minor} or a later ${OLDEST.major}, or ` +
  `${NEXT_MAJOR} or later.`;
const REMEDY =
  "Install a supported version, make sure that `node --version` shows it where Pulumi runs, and try again.";

/**
 * Why this package cannot run on a version of Node.js, and what to do; undefined when it can.
 * @param version such as `22.15.0`.
 */
export function unsupportedNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major >= NEXT_MAJOR || (major === OLDEST.major && minor >= OLDEST.minor)) return undefined;
  return `${NEED} This is Node.js ${version} (${process.execPath}). ${REMEDY}`;
}

/** Why the provider plugin cannot start on a machine without Node.js. The text needs no quoting in a shell. */
export function missingNode(): string {
  return `${NEED} No Node.js was found on PATH. ${REMEDY}`;
}

/** @throws UserError when this process runs on an unsupported version. */
export function requireSupportedNode(): void {
  const problem = unsupportedNode(process.versions.node);
  if (problem === undefined) return;
  const error = new UserError(problem);
  // Node.js prints the stack of an uncaught error, and nothing else.
  error.stack = `Error: ${problem}`;
  throw error;
}
