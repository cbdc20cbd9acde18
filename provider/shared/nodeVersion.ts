import { UserError } from "./userError";

/**
 * The versions of Node.js that have every function in use, as `engines` of package.json names them. The newest function
 * is `tls.getCACertificates`, which 22.15 has; the series 23 has ended.
 */
const OLDEST = { major: 22, minor: 15 } as const;
const NEXT_MAJOR = 24;

/**
 * Why this package cannot run on a version of Node.js, and what to do; undefined when it can.
 * @param version such as `22.15.0`.
 */
export function unsupportedNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major >= NEXT_MAJOR || (major === OLDEST.major && minor >= OLDEST.minor)) return undefined;
  return (
    `pulumi-openai-certificates needs Node.js ${OLDEST.major}.${OLDEST.minor} or a later ${OLDEST.major}, or ` +
    `${NEXT_MAJOR} or later. This is Node.js ${version} (${process.execPath}). Install a supported version, make sure ` +
    "that `node --version` shows it where Pulumi runs, and try again."
  );
}

/** @throws Error when this process runs on a version that is not supported. */
export function requireSupportedNode(): void {
  const problem = unsupportedNode(process.versions.node);
  if (problem === undefined) return;
  const error = new UserError(problem);
  // Node.js itself prints nothing else of an error that nobody catches.
  error.stack = `Error: ${problem}`;
  throw error;
}
