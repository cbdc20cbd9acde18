import type { ListedCertificate } from "../api/listedCertificate";
import type { Scope } from "../api/scope";
import type { ScopeClients } from "../run/declaredClients";
import type { ClientCertificate } from "../settings/clientCertificate";
import type { NameSettings } from "../settings/settings";
import type { ClientAccess } from "./guards/enforcement";
import type { Chunk } from "./plan";

/** The side effects an activation needs in one scope: API calls, cached lists and logging. */
export interface ScopeApi {
  readonly scope: Scope;
  /** The client certificate that the provider presents; absent when none is configured. */
  readonly clientCertificate?: ClientCertificate;
  readonly clientAccess: ClientAccess;
  /** What messages call the settings of the connection. */
  readonly names: NameSettings;
  /**
   * Lists the scope's certificates as they are now.
   * @param expected ids to include even if they are not associated with the project yet, as long as they exist.
   */
  list(expected?: ReadonlySet<string>): Promise<readonly ListedCertificate[]>;
  /** Lists the certificates of the organization, whose active ones a project inherits. None for the organization. */
  inherited(): Promise<readonly ListedCertificate[]>;
  /** A recent list, if it has all of these ids and nothing was changed since; undefined otherwise. */
  cachedList(ids: ReadonlySet<string>): readonly ListedCertificate[] | undefined;
  /** Sends one chunk. @returns its certificates, in the desired state. @throws when the response does not confirm that. */
  changeActivation(chunk: Chunk): Promise<readonly ListedCertificate[]>;
  /** Reads a certificate's PEM text. */
  content(id: string): Promise<string>;
  /** Whether the user has canceled the update. */
  isCanceled(): boolean;
  /** Ids that some resource of the program declares, as far as the engine has checked it by now. */
  declared(): Promise<ReadonlySet<string>>;
  /**
   * The same, once the engine has checked the resources that the program registers at the same time. Those that it
   * registers later are not known, so this prevents most interruptions, not all.
   * @param isPatient whether to wait longer, because the operation would otherwise be rejected.
   */
  allDeclared(isPatient?: boolean): Promise<ReadonlySet<string>>;
  /** Ids that resources declare, or manage as far as a refresh reads them, once it has read all that come at the same time. */
  allManaged(): Promise<ReadonlySet<string>>;
  /** The clients that resources of the program declare for this scope and, for the organization, for its projects. */
  declaredClients(): Promise<readonly ScopeClients[]>;
  /** The ids that are active in a project itself. */
  activeInProject(projectId: string): Promise<ReadonlySet<string>>;
  /** Logs a message at `pulumi preview` or `up`, once for each text. */
  log(text: string): void;
  /** Logs a warning in the same way. */
  warn(text: string): void;
}
