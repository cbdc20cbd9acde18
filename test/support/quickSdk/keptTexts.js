const { createHash, randomUUID } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

/** Next to what Node compiled of the modules that every program loads. Where Node keeps nothing, nothing is kept. */
const COMPILED = process.env.NODE_COMPILE_CACHE ?? "";
const FOLDER = join(COMPILED, "..", "quick-sdk");

/** Where a text is kept that was computed from these values: they must be all that it depends on. */
function keptFile(...values) {
  const digest = createHash("sha256").update(JSON.stringify([process.version, ...values]));
  return join(FOLDER, digest.digest("hex"));
}

/** @returns undefined if it was never kept. */
function readKept(file) {
  if (COMPILED === "") return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Other processes may read and keep the same text at the same time. */
function keep(file, text) {
  if (COMPILED === "") return;
  const temporary = `${file}.${randomUUID()}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

module.exports = { keep, keptFile, readKept };
