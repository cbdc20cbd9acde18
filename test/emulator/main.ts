/** Runs the emulator from the command line: see --help. */
import { parseArgs } from "node:util";
import { formatTable } from "../support/table";
import { projectOf } from "./store/scope";
import { seedFleet } from "./store/seedFleet";
import { DIALECTS, startEmulator } from "./index";
import type { Dialect, LoggedCall, StoredCertificate } from "./index";

const HELP = `Usage: npm run emulator -- [options]
  --port N       port on 127.0.0.1 (default: a free one)
  --key KEY      the admin key that is accepted
  --project ID   a project that exists; may be repeated (default: proj_emulator)
  --throttle N   requests a minute for each endpoint (default: no limit; the real API allows 7 to 10)
  --dialect NAME format of responses (default: activation-object; ${DIALECTS.slice(1).join(", ")})
  --state FILE   keep the certificates in FILE from one run to the next`;

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    key: { type: "string" },
    project: { type: "string", multiple: true, default: ["proj_emulator"] },
    throttle: { type: "string" },
    dialect: { type: "string" },
    state: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

async function run(): Promise<void> {
  const emulator = await startEmulator({
    projects: values.project,
    onCall: (call) => {
      console.log(formatCall(call));
    },
    ...(values.port !== undefined && { port: wholeNumber("port", values.port) }),
    ...(values.key !== undefined && { adminKey: values.key }),
    ...(values.throttle !== undefined && {
      throttle: { requests: wholeNumber("throttle", values.throttle) },
    }),
    ...(values.dialect !== undefined && { dialect: dialectOf(values.dialect) }),
    ...(values.state !== undefined && { stateFile: values.state }),
  });
  if (emulator.certificates.length === 0) emulator.seed(await seedFleet(Date.now()));
  console.log(`Certificates of the organization:\n${formatCertificates(emulator.certificates)}\n`);
  console.log(`Listening on ${emulator.url}, with the projects ${values.project.join(", ")}.\n`);
  console.log(`export OPENAI_BASE_URL=${emulator.url}\nexport OPENAI_ADMIN_KEY=${emulator.adminKey}\n`);

  const stop = (): void => void emulator.close();
  // Not once: under npm the same signal may come twice, and a second one would end the process midway.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${option} must be a whole number, not "${text}".`);
}

function dialectOf(name: string): Dialect {
  const dialect = DIALECTS.find((each) => each === name);
  if (dialect) return dialect;
  throw new Error(`--dialect must be one of ${DIALECTS.join(", ")}, not "${name}".`);
}

function formatCertificates(certificates: readonly StoredCertificate[]): string {
  const rows = certificates.map(({ id, name, expiresAt, active, activeIn }) => [
    id,
    name ?? "",
    `expires ${new Date(expiresAt * 1000).toISOString().slice(0, 10)}`,
    [...(active ? ["organization"] : []), ...activeIn].join(", ") || "not active",
  ]);
  return formatTable(rows)
    .map((line) => `  ${line}`)
    .join("\n");
}

function formatCall(call: LoggedCall): string {
  const time = new Date().toTimeString().slice(0, 8);
  const where = projectOf(call.scope) ?? "organization";
  const ids = call.ids ? ` [${call.ids.join(", ")}]` : "";
  return `${time} ${call.status} ${call.endpoint} (${where})${ids} ${call.method} ${call.path}`;
}
