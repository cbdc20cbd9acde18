// Loaded with `node --require`: delays what the SDK loads at once but rarely uses, until it is used. That is a third of the
// CPU time of a `pulumi up`.
const Module = require("node:module");
const { join } = require("node:path");

/**
 * The 450 modules of Arborist are used only to package code for AWS Lambda, TypeScript only to serialize functions, and the
 * Automation API only by programs that run other programs.
 */
const DELAYED = ["@npmcli/arborist", "typescript-shim", "./automation"];

/** Uses the classes and functions of OpenTelemetry only if `pulumi` runs with `--tracing`. */
const TRACING = join("@pulumi", "pulumi", "cmd", "run", "tracing.js");

// The engine sets it for every program, and the SDK then loads OpenTelemetry, although nothing receives the traces.
delete process.env.TRACEPARENT;

const load = Module._load;

Module._load = function (request, parent, ...rest) {
  const loadNow = () => load.call(Module, request, parent, ...rest);
  const delayed = (get) =>
    new Proxy({}, { get: (_target, name) => (name === "__esModule" ? true : get(name)) });
  if (DELAYED.some((name) => request.endsWith(name))) return delayed((name) => loadNow()[name]);

  const isForTraces = /^@opentelemetry\/(?!api$)/.test(request) && parent?.filename?.endsWith(TRACING);
  return isForTraces ? delayed((name) => delayedFunction(() => loadNow()[name])) : loadNow();
};

/** A function or class that is loaded when it is called. */
function delayedFunction(get) {
  return new Proxy(function () {}, {
    apply: (_target, self, args) => Reflect.apply(get(), self, args),
    construct: (_target, args) => Reflect.construct(get(), args),
  });
}
