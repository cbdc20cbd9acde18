import type { Provider } from "../../../provider/dynamic/protocol";
import * as provider from "../../../provider/index";
import { startRun } from "../../../provider/session/session";
import { issueCa, issueClient } from "../../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../../emulator/certificates/issue";
import { startEmulator } from "../../emulator/index";
import type { Emulator, LoggedCall } from "../../emulator/index";
import { canaryKey } from "../../support/canary";
import { ids } from "../../support/ids";
import type { SecretScanner } from "../../support/secretScanner";

/** Where the certificates of a fixture are active. */
export type ScopeKind = "organization" | "project";

const PROJECT = "proj_a";

/** Active all the time, managed by no resource, and the issuer of the provider's client certificate. */
const CA_ID = "cert_00";

/** The settings of all fixtures, each with its own connection: the provider has one configuration in a process. */
const settings = new Map<string, string>();
let fixtures = 0;

/** Sets values of a connection. */
export function configure(connection: string, values: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(values)) settings.set(`${connection}:${key}`, value);
}

/** The configuration from which a provider reads the settings of all fixtures. */
export const readSettings = {
  config: { get: (key: string) => settings.get(key), require: (key: string) => settings.get(key) ?? "" },
};

/** The secrets that must not be printed or stored. */
export interface Credentials {
  readonly adminKey: string;
  readonly ca: Authority;
  readonly client: IssuedCertificate;
}

export async function newCredentials(): Promise<Credentials> {
  const ca = await issueCa({ name: "operations" });
  return { adminKey: canaryKey("faults"), ca, client: await issueClient(ca) };
}

/** An emulator with 35 certificates, and the provider's object connected to it. */
export class Fixture {
  private constructor(
    readonly emulator: Emulator,
    readonly provider: Provider,
    private readonly scope: ScopeKind,
    private readonly connection: string,
  ) {}

  static async create(
    scope: ScopeKind,
    { adminKey, ca, client }: Credentials,
    scanner: SecretScanner,
    onCall: (call: LoggedCall) => void,
  ): Promise<Fixture> {
    const emulator = await startEmulator({ adminKey, projects: [PROJECT], onCall });
    // A previous emulator may have had the same port, and so the same address.
    startRun();
    emulator.seed([{ id: CA_ID, pem: ca.pem }, ...ids(1, 35).map((id) => ({ id }))]);
    fixtures += 1;
    const fixture = new Fixture(emulator, provider[scope], scope, `fixture${fixtures}`);
    fixture.setActive([CA_ID]);
    fixture.configure({
      adminKey,
      baseUrl: emulator.url,
      clientCertificate: client.chainPem,
      clientKey: client.keyPem,
    });
    await provider[scope].configure(readSettings);
    scanner.scan("the log of an emulator", emulator.log);
    return fixture;
  }

  configure(values: Readonly<Record<string, string>>): void {
    configure(this.connection, values);
  }

  setActive(active: readonly string[]): void {
    for (const id of active) this.emulator.setActive(id, true, this.project);
  }

  /** The active ids except {@link CA_ID}. */
  active(): ReadonlySet<string> {
    return new Set(this.emulator.activeIds(this.project).filter((id) => id !== CA_ID));
  }

  /** The inputs as the provider's check returns them. */
  inputs(desired: readonly string[]): Readonly<Record<string, unknown>> {
    return {
      connection: this.connection,
      ...(this.project !== undefined && { projectId: this.project }),
      certificateIds: Object.fromEntries(desired.map((id) => [id, "active"])),
    };
  }

  private get project(): string | undefined {
    return this.scope === "project" ? PROJECT : undefined;
  }
}
