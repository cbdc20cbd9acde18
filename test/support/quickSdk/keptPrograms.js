const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { keep, keptFile, readKept } = require("./keptTexts");

/**
 * Compiles a program or a policy pack unless that was done before. Where types are to be checked, ts-node does everything.
 * The SDK reads the environment's choice for programs alone.
 */
function keptPrograms(loadNow) {
  return {
    register(options) {
      const transpileOnly = options.transpileOnly ?? process.env.PULUMI_NODEJS_TRANSPILE_ONLY === "true";
      if (!transpileOnly) return loadNow().register(options);

      const ofNode = Module._extensions[".ts"];
      let ofTsNode;
      const loadTsNode = () => {
        const own = Module._extensions[".ts"];
        if (ofNode) Module._extensions[".ts"] = ofNode;
        else delete Module._extensions[".ts"];
        loadNow().register(options);
        ofTsNode = Module._extensions[".ts"];
        Module._extensions[".ts"] = own;
      };

      Module._extensions[".ts"] = (module, file) => {
        const kept = keptFile("program", options, packageFile(), readFileSync(file, "utf8"));
        const compiled = readKept(kept);
        if (compiled !== undefined) return module._compile(compiled, file);

        if (ofTsNode === undefined) loadTsNode();
        const compile = module._compile;
        // What ts-node passes on is JavaScript.
        module._compile = function (text, ...rest) {
          keep(kept, text);
          return compile.call(this, text, ...rest);
        };
        return ofTsNode(module, file);
      };
    },
  };
}

/** Says whether the program consists of ES modules. */
function packageFile() {
  return existsSync("package.json") ? readFileSync("package.json", "utf8") : "";
}

module.exports = { keptPrograms };
