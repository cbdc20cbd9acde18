// Loaded with `node --require`: delays what the SDK loads at once but rarely uses, until it is used. That is a quarter of
// the CPU time of a `pulumi up`.
const Module = require("node:module");

/** The 450 modules of Arborist are used only to package code for AWS Lambda, TypeScript only to serialize functions. */
const DELAYED = ["@npmcli/arborist", "typescript-shim"];

const load = Module._load;

Module._load = function (request, ...rest) {
  if (!DELAYED.some((name) => request.endsWith(name))) return load.call(this, request, ...rest);

  const get = (_target, name) => (name === "__esModule" ? true : load.call(Module, request, ...rest)[name]);
  return new Proxy({}, { get });
};
