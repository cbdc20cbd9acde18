const { randomUUID } = require("node:crypto");
const { readFileSync, statSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const { constants, Script } = require("node:vm");
const { keep, keptFile, readKept } = require("./keptTexts");

/** How many modules may be missing in a pack before it is written again. */
const MOST_MISSING = 10;

/**
 * Loads the modules of a checkout's packages, and of its dist/, from one file: the pack, which an earlier process with the
 * same main module or script has written. To find, read and compile each module by itself is a third of the processor time of a
 * process.
 */
function packModules(root) {
  const { execArgv, argv } = process;
  const main = argv[1];
  if (main !== undefined && !main.startsWith(root + sep)) return;

  const folders = ["node_modules", "dist"].map((name) => join(root, name) + sep);
  const isPackable = (file) => folders.some((folder) => file?.startsWith(folder));
  const kept = keptFile("pack", main ?? execArgv, versionOf(root));
  const pack = readPack(kept);
  const missing = { files: [], paths: {} };

  const find = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    const from = parent?.filename;
    if (options !== undefined || !isPackable(from)) return find.call(this, request, parent, isMain, options);
    const key = `${dirname(from)}:${request}`;
    return pack.paths[key] ?? (missing.paths[key] = find.call(this, request, parent, isMain));
  };

  const load = Module._extensions[".js"];
  Module._extensions[".js"] = function (module, file) {
    const packed = pack.modules[file];
    if (packed)
      return packed.call(module.exports, module.exports, requireOf(module), module, file, dirname(file));
    if (isPackable(file)) missing.files.push(file);
    return load(module, file);
  };

  const save = () => {
    if (missing.files.length > MOST_MISSING) {
      const files = [...Object.keys(pack.modules), ...missing.files];
      keep(kept, packOf(files, { ...pack.paths, ...missing.paths }));
    } else if (!pack.isCompiled) {
      pack.keepCompiled?.();
    }
  };
  process.once("exit", save);
  // This is how the engine ends a provider.
  if (!pack.isCompiled) process.once("SIGINT", endWith(save));
}

/** What the contents of both folders depend on. */
function versionOf(root) {
  const { mtimeMs } = statSync(join(root, "node_modules/.package-lock.json"));
  return [mtimeMs, readKept(join(root, "build/dist.sha256"))];
}

function readPack(kept) {
  const text = readKept(kept);
  if (text === undefined) return { paths: {}, modules: {}, isCompiled: false };

  const compiled = `${kept}.${/^\/\/ ([\w-]+)\n/.exec(text)[1]}`;
  const cachedData = readCompiled(compiled);
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const script = new Script(text, { filename: kept, cachedData, importModuleDynamically });
  const pack = script.runInThisContext();
  const isCompiled = cachedData !== undefined && !script.cachedDataRejected;
  // Called at the end, when the functions that were needed have been compiled, too.
  const keepCompiled = () => {
    keep(compiled, script.createCachedData());
  };
  return { ...pack, isCompiled, keepCompiled };
}

function readCompiled(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The text of a pack. What is no script, such as an ES module, stays out of it. */
function packOf(files, paths) {
  const modules = files.flatMap((file) => {
    const text = readFileSync(file, "utf8").replace(/^#!.*/, "");
    const entry = `${JSON.stringify(file)}(exports, require, module, __filename, __dirname) {${text}\n}`;
    return isScript(`({ ${entry} })`) ? [entry] : [];
  });
  return `// ${randomUUID()}\n({ paths: ${JSON.stringify(paths)}, modules: {\n${modules.join(",\n")} } })`;
}

function isScript(text) {
  try {
    new Script(text);
    return true;
  } catch {
    return false;
  }
}

function requireOf(module) {
  const require = (request) => module.require(request);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.cache = Module._cache;
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  return require;
}

/** Saves, and ends the process as the signal does unless the program has something else to do at the signal. */
function endWith(save) {
  return (signal) => {
    save();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
}

module.exports = { packModules };
