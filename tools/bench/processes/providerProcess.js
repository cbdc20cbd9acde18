// Loaded with `node --require` into every process of a command; acts in the provider process only. The engine ends that
// process with SIGINT. It then exits by itself, so that Node writes the profile of --cpu-prof, and records the peak of its
// resident memory in the folder BENCH_MEMORY_FOLDER.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const PROVIDER_SCRIPT = /[\\/]dynamic-provider\b/;

if (PROVIDER_SCRIPT.test(process.argv[1] ?? "")) {
  process.on("SIGINT", () => process.exit(0));
  process.on("exit", () => {
    const folder = process.env.BENCH_MEMORY_FOLDER;
    if (folder) writeFileSync(join(folder, `${process.pid}.txt`), String(peakBytes()));
  });
}

// The kernel's own record of this process. `resourceUsage().maxRSS` may include the process that started it.
function peakBytes() {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    return Number(kilobytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
