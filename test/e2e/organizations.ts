import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import type { ProgramFiles } from "../engine/program";
import { startGateway } from "../support/gateway";
import type { Gateway } from "../support/gateway";
import { createFixture, VALID } from "./fixture";
import type { Fixture } from "./fixture";

/** Two organizations on servers of their own, and both behind one address. */
export interface TwoOrganizations {
  readonly eu: Emulator;
  readonly us: Emulator;
  /** An address at which the admin key alone decides. */
  readonly gateway: Gateway;
  /** The active ids of both. */
  active(): { readonly eu: readonly string[]; readonly us: readonly string[] };
  close(): Promise<void>;
}

/** Both have the projects `proj_a` and `proj_b`. `cert_01` is the id of a certificate in either; the others are unique. */
export async function startTwoOrganizations(): Promise<TwoOrganizations> {
  const start = async (name: string): Promise<Emulator> => {
    const emulator = await startEmulator({
      adminKey: `sk-admin-${name}`,
      projects: ["proj_a", "proj_b"],
    });
    emulator.seed(["cert_01", `cert_${name}`, `cert_${name}_2`].map((id) => ({ id, name, ...VALID })));
    return emulator;
  };
  const [eu, us] = [await start("eu"), await start("us")];
  const gateway = await startGateway([eu, us]);
  return {
    eu,
    us,
    gateway,
    active: () => ({ eu: eu.activeIds(), us: us.activeIds() }),
    close: async () => {
      await gateway.close();
      await Promise.all([eu.close(), us.close()]);
    },
  };
}

/** Both organizations, and a stack of a program that has the settings of neither, for all tests of a file. */
export function withTwoOrganizations(
  program: ProgramFiles,
  onStarted: (both: TwoOrganizations, fixture: Fixture) => void,
): void {
  let both: TwoOrganizations;
  let fixture: Fixture;
  beforeAll(async () => {
    both = await startTwoOrganizations();
    fixture = await createFixture({ program, env: { OPENAI_ADMIN_KEY: "", OPENAI_BASE_URL: "" } });
    onStarted(both, fixture);
  });
  afterAll(async () => {
    await fixture.dispose();
    await both.close();
  });
  beforeEach(() => {
    both.eu.clearLog();
    both.us.clearLog();
  });
}
