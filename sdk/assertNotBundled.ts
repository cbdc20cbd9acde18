import { RunError } from "@pulumi/pulumi";

/** What serializedProvider.ts calls. It is never called here: a bundler that replaces the one replaces the other. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadProvider = (): unknown => require("pulumi-openai-certificates/provider");

const LOADS_INSTALLED_PACKAGE = /\brequire\(\s*["'`]pulumi-openai-certificates\/provider["'`]\s*\)/;

/**
 * Rejects a program into which a bundler has copied this package. Pulumi would write that copy into the state of each
 * resource, where later runs use it in place of the installed package, or fail to write it.
 * @throws RunError
 */
export function assertNotBundled(load: () => unknown = loadProvider): void {
  if (LOADS_INSTALLED_PACKAGE.test(String(load))) return;
  throw new RunError(
    "pulumi-openai-certificates is bundled into this program, but the provider process has to load the installed package. " +
      "Keep the package out of the bundle: `esbuild --packages=external`; " +
      '`externals: { "pulumi-openai-certificates": "commonjs pulumi-openai-certificates" }` in webpack; ' +
      "`ncc build --external pulumi-openai-certificates`. Deploy node_modules with the program.",
  );
}
