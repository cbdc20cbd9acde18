const { readFileSync } = require("node:fs");
const { basename } = require("node:path");
const { version } = require("@pulumi/pulumi/package.json");
const { keep, keptFile, readKept } = require("./keptTexts");

/** Serializes a dynamic provider of this package unless that was done before, and any other function as the SDK does. */
function keptProviders(loadNow) {
  return {
    async serializeFunction(factory, options) {
      const origin = originOf(factory());
      if (origin === undefined) return loadNow().serializeFunction(factory, options);

      const kept = keptFile("provider", version, options, ...origin);
      const known = readKept(kept);
      if (known !== undefined) return JSON.parse(known);

      const serialized = await loadNow().serializeFunction(factory, options);
      keep(kept, JSON.stringify(serialized));
      return serialized;
    },
  };
}

/** The text of the module that exports a provider, and the name of the export. */
function originOf(provider) {
  for (const { filename, exports } of Object.values(require.cache)) {
    if (basename(filename) !== "serializedProvider.js") continue;
    const name = Object.keys(exports).find((key) => exports[key] === provider);
    if (name !== undefined) return [name, readFileSync(filename, "utf8")];
  }
  return undefined;
}

module.exports = { keptProviders };
