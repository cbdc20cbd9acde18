// Loaded with `node --require`: lets the Pulumi SDK start in a third of the CPU time. What it and axios load at once but
// rarely use is delayed until it is used, and what it computes from the same text in each process is kept in a folder.
const Module = require("node:module");
const { join, sep } = require("node:path");
const { delayed, delayedFunction, delayedFunctions } = require("./delayed");
const { keptPrograms } = require("./keptPrograms");
const { keptProviders } = require("./keptProviders");
const { lightTypeScript } = require("./lightTypeScript");
const { withoutFetch } = require("./withoutFetch");

const SDK = join("node_modules", "@pulumi") + sep;
const AXIOS = join("node_modules", "axios") + sep;
const PROVIDER = join("dist", "provider") + sep;

/** What to return for a request of the SDK in place of the module, which `loadNow` loads. */
const OF_SDK = [
  // Maps the stack of an error to TypeScript sources. The SDK reads a stack for each promise and each resource.
  [/^source-map-support\/register$/, () => ({})],
  // Used only by programs that run other programs.
  [/^\.\/automation$/, delayed],
  // Serializes functions: loads TypeScript, and a debugger that reads all scripts.
  [/^\.\/closure\/(serializeClosure|codePaths)$/, delayedFunctions],
  [/^\.\.\/runtime\/closure\/serializeClosure$/, keptProviders],
  // Starts the debugger in each program. Serializing a function starts it, too, through another path.
  [/^\.\.\/\.\.\/runtime\/closure\/v8Hooks$/, () => ({ isInitializedAsync: () => Promise.resolve() })],
  [/(^|\/)typescript(-shim)?$/, lightTypeScript],
  [/(^|\/)ts-node(@[\d.]+)?$/, keptPrograms],
  // Compares versions of providers.
  [/^semver$/, delayed],
];

/** The same for a request of axios. */
const OF_AXIOS = [
  // Uploads forms.
  [/^form-data$/, delayedFunction],
  // Connects through a proxy.
  [/^https-proxy-agent$/, delayedFunction],
];

/** The same for a request of this package's provider. */
const OF_PROVIDER = [[/^axios$/, withoutFetch]];

/** Uses the classes and functions of OpenTelemetry only if `pulumi` runs with `--tracing`. */
const TRACING = join("cmd", "run", "tracing.js");

// The engine sets it for every program, and the SDK then loads OpenTelemetry, although nothing receives the traces.
delete process.env.TRACEPARENT;

const load = Module._load;

Module._load = function (request, parent, ...rest) {
  const loadNow = (name = request) => load.call(Module, name, parent, ...rest);
  const file = parent?.filename ?? "";
  if (file.endsWith(TRACING) && /^@opentelemetry\/(?!api$)/.test(request)) return delayedFunctions(loadNow);
  const replacement = replacementsFor(file).find(([pattern]) => pattern.test(request))?.[1];
  return replacement === undefined ? loadNow() : replacement(loadNow);
};

function replacementsFor(file) {
  if (file.includes(SDK)) return OF_SDK;
  if (file.includes(AXIOS)) return OF_AXIOS;
  return file.includes(PROVIDER) ? OF_PROVIDER : [];
}
