// Loaded with `node --require`: lets the Pulumi SDK start in a quarter of the CPU time. A package that the SDK or axios
// requires is loaded when it is first used, and what the SDK computes from the same text in each process is kept in a folder.
const Module = require("node:module");
const { join, sep } = require("node:path");
const { delayed, delayedExports } = require("./delayed");
const { keptPrograms } = require("./keptPrograms");
const { lightTypeScript } = require("./lightTypeScript");
const { packModules } = require("./packedModules");
const { withoutFetch } = require("./withoutFetch");

const SDK = join("node_modules", "@pulumi") + sep;
const AXIOS = join("node_modules", "axios") + sep;
const PROVIDER = join("dist", "provider") + sep;
const TRACING = join("cmd", "run", "tracing.js");

const SDK_ENTRY = require.resolve("@pulumi/pulumi");

/** Packages whose own dependencies are loaded when they are first used. */
const DELAYING = [
  { folder: SDK, dependencies: require("@pulumi/pulumi/package.json").dependencies },
  { folder: AXIOS, dependencies: require("axios/package.json").dependencies },
];

/** What takes the place of a module that a file requires. `loadNow` loads the module itself. */
const REPLACEMENTS = [
  // Starts the debugger in each program. Serializing a function starts it, too, through another path.
  [SDK, /\/closure\/v8Hooks$/, () => ({ isInitializedAsync: () => Promise.resolve() })],
  [SDK, /(^|\/)typescript(-shim)?$/, lightTypeScript],
  [SDK, /(^|\/)ts-node(@[\d.]+)?$/, keptPrograms],
  [PROVIDER, /^axios$/, withoutFetch],
  // Takes the modules of OpenTelemetry apart when it is loaded, and uses them only if `pulumi` runs with `--tracing`.
  [TRACING, /^@opentelemetry\/(?!api$)/, delayedExports],
];

// The engine sets it for every program, and the SDK then loads OpenTelemetry, although nothing receives the traces.
delete process.env.TRACEPARENT;

packModules(join(__dirname, "../../.."));

const load = Module._load;

Module._load = function (request, parent, ...rest) {
  const loadNow = (name = request) => load.call(Module, name, parent, ...rest);
  const file = parent?.filename ?? "";
  const replacement = REPLACEMENTS.find(
    ([folder, pattern]) => file.includes(folder) && pattern.test(request),
  );
  if (replacement) return replacement[2](loadNow);
  return isDelayed(file, request) ? delayed(loadNow) : loadNow();
};

/** Whether a file requires a package that the SDK or axios depends on, or the SDK's entry a part of the SDK. */
function isDelayed(file, request) {
  if (file === SDK_ENTRY) return request.startsWith("./");
  const owner = DELAYING.find(({ folder }) => file.includes(folder));
  return owner !== undefined && Object.hasOwn(owner.dependencies, nameOf(request));
}

/** The package of a request: "@opentelemetry/api" of "@opentelemetry/api/build/src". */
function nameOf(request) {
  return request.split("/", request.startsWith("@") ? 2 : 1).join("/");
}
