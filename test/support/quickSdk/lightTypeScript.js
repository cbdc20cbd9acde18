const { delayed } = require("./delayed");

/** TypeScript, loaded when more of it is used than its version and its reader of a tsconfig.json that is plain JSON. */
function lightTypeScript(loadNow) {
  const own = {
    get version() {
      return loadNow("typescript/package.json").version;
    },
    parseConfigFileTextToJson(name, text) {
      try {
        return { config: JSON.parse(text) };
      } catch {
        return loadNow().parseConfigFileTextToJson(name, text);
      }
    },
  };
  const real = delayed(loadNow);
  return new Proxy({}, { get: (_target, name) => (name in own ? own[name] : real[name]) });
}

module.exports = { lightTypeScript };
