// Run in the folder of a program, in a process of its own. Prints the milliseconds that loading the package takes, elapsed
// and of the CPU, as JSON:
// `node loadTime.js program` after the SDK that every program loads, `node loadTime.js provider` in a process that
// has loaded everything that a dynamic provider's process loads.
const { writeSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const STDOUT = 1;
const requireFromProgram = createRequire(join(process.cwd(), "index.js"));
const [, , place] = process.argv;

if (place === "provider") {
  // The provider's script starts a server as soon as it is loaded, for the engine at this address.
  process.argv.splice(2, Infinity, "127.0.0.1:1");
  requireFromProgram("@pulumi/pulumi/cmd/dynamic-provider");
} else {
  requireFromProgram("@pulumi/pulumi");
}

// The time of this thread only: V8 compiles and collects garbage in others. Older versions of Node have that of the process only.
const cpuUsage = (process.threadCpuUsage ?? process.cpuUsage).bind(process);
const startedCpu = cpuUsage();
const started = performance.now();
requireFromProgram(`pulumi-openai-certificates${place === "provider" ? "/provider" : ""}`);
const elapsed = performance.now() - started;
const { user, system } = cpuUsage(startedCpu);
writeSync(STDOUT, `${JSON.stringify({ elapsed, cpu: (user + system) / 1000 })}\n`);
process.exit(0);
