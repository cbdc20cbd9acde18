import { deactivateManaged, readScope, reconcileScope } from "../../../provider/activation/reconcileScope";
import type { ScopeApi } from "../../../provider/activation/scopeApi";
import { byId } from "../../../provider/activation/state";
import type { ActivationState } from "../../../provider/activation/state";
import { inStoredOrganization } from "../../../provider/activation/storedOrganization";
import {
  isUpToDate,
  managedIds,
  parseStoredActivation,
  storedIds,
  unmanagedIds,
} from "../../../provider/resource/storedActivation";
import type { StoredActivation } from "../../../provider/resource/storedActivation";
import { compareOrganizations } from "../../../provider/settings/compareOrganizations";
import type { OrganizationSettings } from "../../../provider/settings/compareOrganizations";
import { UserError } from "../../../provider/shared/userError";
import { CertificateModel } from "./certificateModel";
import { declarationsOfProcesses } from "./processes";

export const NAMES = ["eu", "us"] as const;
export type Name = (typeof NAMES)[number];

/** The settings of a provider: those of an organization, with or without its id, at the vendor or at a server of its own. */
export interface Settings {
  readonly name: Name;
  readonly isAtVendor: boolean;
  readonly hasOrganization: boolean;
}

const NOW = 1_800_000_000;

/** The ids of an organization's certificates. */
export const idsIn = (name: Name): readonly string[] => [1, 2, 3].map((number) => `cert_${name}_${number}`);

/** A stack with one activation, whose provider may be that of either organization. */
export class StackOfOrganizations {
  readonly models: Readonly<Record<Name, CertificateModel>>;
  private stored: StoredActivation | undefined;
  /** The provider in the state. */
  private provider: Settings | undefined;

  constructor() {
    const model = (name: Name): CertificateModel => {
      const created = new CertificateModel(NOW);
      for (const id of idsIn(name)) created.upload(id);
      return created;
    };
    this.models = { eu: model("eu"), us: model("us") };
  }

  get managed(): ReadonlySet<string> {
    return this.stored ? managedIds(this.stored) : new Set();
  }

  get active(): ReadonlySet<string> {
    return this.models.eu.active.union(this.models.us.active);
  }

  /** @param isVisible whether the settings are arguments of the provider; if not, they are those of the environment. */
  up(ids: readonly string[], settings: Settings, isVisible: boolean): Promise<boolean> {
    return succeeds(async () => {
      const desired = { ids: new Set(ids), exclusive: false, enforcementChange: "warn" as const };
      const { provider: old, stored } = this;
      const change = old && isVisible ? compareOrganizations(asSettings(old), asSettings(settings)) : "same";
      if (!stored || !old || change === "other server" || change === "other organization") {
        const { state } = await reconcileScope(this.operations(settings, undefined), desired, new Set(), NOW);
        if (stored && old) await this.remove(stored, old);
        this.keep(state, settings);
        return;
      }
      const operations = this.operations(settings, stored);
      if (change === "uncertain") await operations.list();
      const certificateIds = byId(ids, "active" as const);
      if (isUpToDate(stored, { ...stored, ...desired, certificateIds }, UNKNOWN_TO_OTHERS)) {
        this.provider = isVisible ? settings : this.provider;
        return;
      }
      const { state } = await reconcileScope(operations, desired, managedIds(stored), NOW);
      this.keep(state, settings);
    });
  }

  refresh(settings: Settings): Promise<boolean> {
    return succeeds(async () => {
      const { stored } = this;
      if (!stored) return;
      const operations = this.operations(settings, stored);
      const { state } = await readScope(operations, managedIds(stored), stored, unmanagedIds(stored));
      this.stored = parsed(state);
    });
  }

  destroy(settings: Settings): Promise<boolean> {
    return succeeds(async () => {
      if (this.stored) await this.remove(this.stored, settings);
      this.stored = undefined;
      this.provider = undefined;
    });
  }

  private keep(state: ActivationState, settings: Settings): void {
    this.stored = parsed(state);
    this.provider = settings;
  }

  private remove(stored: StoredActivation, settings: Settings): Promise<void> {
    return deactivateManaged(this.operations(settings, stored), managedIds(stored), "warn");
  }

  private operations({ name }: Settings, stored: StoredActivation | undefined): ScopeApi {
    const model = this.models[name];
    const [declarations] = declarationsOfProcesses(1);
    const operations = model.in(declarations);
    const ids = stored && storedIds(stored);
    return ids === undefined ? operations : inStoredOrganization(operations, ids, `the organization ${name}`);
  }
}

function asSettings({ name, isAtVendor, hasOrganization }: Settings): OrganizationSettings {
  return {
    server: isAtVendor ? "vendor" : `https://${name}.example`,
    adminKey: `sk-${name}`,
    ...(hasOrganization && { organization: `org-${name}` }),
  };
}

/** The only resource: no other one declares anything. */
const UNKNOWN_TO_OTHERS = { declared: new Set<string>(), deactivated: new Set<string>() };

function parsed(state: ActivationState): StoredActivation {
  return parseStoredActivation(JSON.parse(JSON.stringify(state)));
}

/** @returns false for a failure that is reported to the user; any other error is a defect. */
async function succeeds(operation: () => Promise<void>): Promise<boolean> {
  try {
    await operation();
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
