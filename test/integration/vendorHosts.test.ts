import { organization, project } from "../../provider/index";
import { startRun } from "../../provider/session/session";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";
import { startVendorStandIn } from "../support/vendorStandIn";
import type { VendorStandIn } from "../support/vendorStandIn";
import { issueCredentials, seedFleet, startEnforcing, VENDOR_HOSTS } from "./ownAccess";
import type { Credentials } from "./ownAccess";

const environment = { ...process.env };
let credentials: Credentials;
let emulator: Emulator;
let vendor: VendorStandIn;
let log: CapturedLog;

beforeAll(async () => {
  credentials = await issueCredentials();
});

beforeEach(() => {
  // A client keeps the proxy that was set when it was created.
  startRun();
  log = captureLog();
});

afterEach(async () => {
  process.env = { ...environment };
  log.restore();
  await vendor.close();
  await emulator.close();
});

/** Starts the emulator under the name of one of the vendor's hosts: a proxy redirects each connection to it. */
async function startAs(host: string): Promise<void> {
  emulator = await startEnforcing(credentials, {}, { "openai-certificates:baseUrl": `https://${host}/v1` });
  vendor = await startVendorStandIn(emulator);
  process.env = { ...environment, HTTPS_PROXY: vendor.url, NO_PROXY: "", no_proxy: "" };
}

const warnings = () => log.lines.filter((line) => line.includes("does not accept client certificates"));

test.each(VENDOR_HOSTS)(
  "%s: a preview warns that the host does not accept client certificates",
  async (host) => {
    await startAs(host);
    // A message is printed only once, so each host has its own project.
    const projectId = `proj_${host.replaceAll(".", "_")}`;
    emulator.addProject(projectId);
    seedFleet(emulator, credentials, ["cert_a"], "cert_a");
    const { failures } = await project.check({}, { projectId, certificateIds: ["cert_a"] });
    expect(failures).toEqual([]);
    expect(warnings()).toHaveLength(host.startsWith("mtls") ? 0 : 1);
  },
);

test("an update that starts enforcement warns about the host, too", async () => {
  await startAs("api.openai.com");
  seedFleet(emulator, credentials, ["cert_a"], "cert_a");
  await organization.create({ certificateIds: ["cert_a"] });
  expect(warnings()).toHaveLength(1);
});
