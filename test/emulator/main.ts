/** Runs the emulator from the command line: see --help. */
import { parseArgs } from "node:util";
import { formatCertificates } from "./certificates/formatCertificates";
import { GUIDES_PROJECT, startRehearsal } from "./rehearsal/rehearsal";
import { projectOf } from "./store/scope";
import { seedFleet } from "./store/seedFleet";
import { DIALECTS, startEmulator } from "./index";
import type { Dialect, Emulator, EmulatorOptions, LoggedCall } from "./index";

const HELP = `Usage: npm run emulator -- [options]
  --port N       port on 127.0.0.1 (default: a free one)
  --mtls DIR     use https and enforce mTLS; write authorities, client certificates and env.sh into the new folder DIR
  --key KEY      the admin key that is accepted
  --project ID   a project that exists; may be repeated (default: ${GUIDES_PROJECT})
  --throttle N   requests a minute for each endpoint (default: no limit; the real API allows 7 to 10)
  --dialect NAME format of responses (default: activation-object; ${DIALECTS.slice(1).join(", ")})
  --state FILE   keep the certificates in FILE from one run to the next

The dashboard, which is not subject to mTLS:
  curl $DASHBOARD/                               show the certificates
  curl -X POST $DASHBOARD/deactivate             deactivate all of them: the emergency exit
  curl -X POST "$DASHBOARD/deactivate?id=ID"     deactivate one everywhere
  curl -X POST "$DASHBOARD/activate?id=ID"       activate one in the organization`;

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    mtls: { type: "string" },
    key: { type: "string" },
    project: { type: "string", multiple: true, default: [GUIDES_PROJECT] },
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
  const options: EmulatorOptions = {
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
  };
  const { emulator, shell } = await (values.mtls === undefined
    ? startPlain(options)
    : startWithMtls(values.mtls, options));
  console.log(`Certificates of the organization:\n\n${formatCertificates(emulator.certificates)}\n`);
  console.log(`Listening on ${emulator.url}, with the projects ${values.project.join(", ")}.\n`);
  console.log(`In another terminal:\n\n${shell}\n`);

  const stop = (): void => void emulator.close();
  // Not once: under npm the same signal may come twice, and a second one would end the process midway.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

interface Started {
  readonly emulator: Emulator;
  /** The commands that lead a shell to it. */
  readonly shell: string;
}

async function startPlain(options: EmulatorOptions): Promise<Started> {
  const emulator = await startEmulator(options);
  if (emulator.certificates.length === 0) emulator.seed(await seedFleet(Date.now()));
  const { url, adminKey } = emulator;
  const dashboard = new URL("/dashboard", url).href;
  return {
    emulator,
    shell: `export OPENAI_BASE_URL=${url} OPENAI_ADMIN_KEY=${adminKey} DASHBOARD=${dashboard}`,
  };
}

async function startWithMtls(folder: string, options: EmulatorOptions): Promise<Started> {
  const { emulator } = await startRehearsal(folder, options);
  return { emulator, shell: `source ${folder}/env.sh` };
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

function formatCall(call: LoggedCall): string {
  const time = new Date().toTimeString().slice(0, 8);
  const where = projectOf(call.scope) ?? "organization";
  const ids = call.ids ? ` [${call.ids.join(", ")}]` : "";
  return `${time} ${call.status} ${call.endpoint} (${where})${ids} ${call.method} ${call.path}`;
}
