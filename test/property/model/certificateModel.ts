import type { ClientAccess } from "../../../provider/activation/guards/enforcement";
import { activeIds } from "../../../provider/activation/plan";
import type { Chunk } from "../../../provider/activation/plan";
import type { ScopeApi } from "../../../provider/activation/scopeApi";
import type { ActivationAction } from "../../../provider/api/certificates";
import { ApiError } from "../../../provider/api/errors/apiError";
import type { RequestLine } from "../../../provider/api/errors/apiError";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { certificatesPath, ORGANIZATION } from "../../../provider/api/scope";
import type { Declarations } from "../../../provider/run/declarations";
import type { ScopeClients } from "../../../provider/run/declaredClients";
import type { ClientCertificate } from "../../../provider/settings/clientCertificate";
import { NAMES } from "../../support/names";
import { errorOf, isExecutedUnder } from "./fault";
import type { Fault } from "./fault";
import { declarationsOfProcesses } from "./processes";

const DAY_SECONDS = 86_400;

/** A call as the model received it, with the active certificates before and after it. */
export interface Call {
  readonly what: "list" | "content" | ActivationAction;
  readonly ids: readonly string[];
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  readonly fault: Fault | undefined;
}

export interface Upload {
  readonly active?: boolean;
  /** Days until the certificate expires; absent for a certificate without an expiry date. */
  readonly days?: number | undefined;
  readonly pem?: string;
}

/** An in-process model of the certificates of one scope: it rejects what the API rejects, and fails where a fault is set. */
export class CertificateModel implements ScopeApi {
  readonly scope = ORGANIZATION;
  declare readonly clientCertificate?: ClientCertificate;
  readonly clientAccess: ClientAccess;
  readonly names = NAMES;
  readonly calls: Call[] = [];
  readonly messages: string[] = [];
  /** The declarations of the current program, in one of its processes. */
  declarations = declarationsOfProcesses(1)[0];
  /** Resolves when the engine has checked the resources that the program registers at the same time. */
  quiet: () => Promise<void> = () => Promise.resolve();
  private readonly certificates = new Map<string, ListedCertificate>();
  private readonly pems = new Map<string, string>();
  private faults: readonly (Fault | undefined)[] = [];
  private callsOfOperation = 0;

  /** @param now Unix seconds. */
  constructor(
    public now: number,
    clientCertificate?: ClientCertificate,
  ) {
    if (clientCertificate) this.clientCertificate = clientCertificate;
    this.clientAccess = clientCertificate ? "presented" : "not configured";
  }

  /** Starts an operation whose calls fail at these positions, from 0. */
  failing(faults: readonly (Fault | undefined)[]): void {
    this.faults = faults;
    this.callsOfOperation = 0;
  }

  /** Adds a certificate, as an upload outside Pulumi does. */
  upload(id: string, { active = false, days, pem = "" }: Upload = {}): void {
    const expiry = days === undefined ? {} : { expiresAt: this.now + days * DAY_SECONDS };
    const certificateDetails = { validAt: this.now - DAY_SECONDS, ...expiry };
    this.certificates.set(id, {
      id,
      name: `name of ${id}`,
      active,
      createdAt: this.now - DAY_SECONDS,
      certificateDetails,
    });
    this.pems.set(id, pem);
  }

  /** Activates or deactivates certificates out of band, as far as the API allows it. */
  changeOutOfBand(action: ActivationAction, ids: readonly string[]): void {
    for (const id of ids)
      if (this.rejectionCode(action, id) === undefined) this.set(id, action === "activate");
  }

  /** Deletes certificates out of band, after deactivating them as the API requires. */
  remove(ids: readonly string[]): void {
    for (const id of ids) {
      this.certificates.delete(id);
      this.pems.delete(id);
    }
  }

  get active(): ReadonlySet<string> {
    return activeIds([...this.certificates.values()]);
  }

  has(id: string): boolean {
    return this.certificates.has(id);
  }

  /** The error code if the API would reject the action. */
  rejectionCode(
    action: ActivationAction,
    id: string,
  ): "certificate_not_found" | "expired_certificate" | undefined {
    const certificate = this.certificates.get(id);
    if (!certificate) return "certificate_not_found";
    const { expiresAt = Infinity } = certificate.certificateDetails;
    return action === "activate" && expiresAt - this.now <= DAY_SECONDS ? "expired_certificate" : undefined;
  }

  async list(): Promise<readonly ListedCertificate[]> {
    const fault = this.record("list", []);
    const request = { method: "GET", path: certificatesPath(this.scope) } as const;
    if (fault) throw errorOf(fault, request);
    return [...this.certificates.values()];
  }

  async inherited(): Promise<readonly ListedCertificate[]> {
    return [];
  }

  async declaredClients(): Promise<readonly ScopeClients[]> {
    return [];
  }

  async activeInProject(): Promise<ReadonlySet<string>> {
    return new Set();
  }

  cachedList(): undefined {
    return undefined;
  }

  isCanceled(): boolean {
    return false;
  }

  async declared(): Promise<ReadonlySet<string>> {
    return (await this.declarations.known()).declared;
  }

  async allDeclared(): Promise<ReadonlySet<string>> {
    await this.quiet();
    return this.declared();
  }

  async allManaged(): Promise<ReadonlySet<string>> {
    const { declared, managed } = await this.declarations.known();
    return declared.union(managed);
  }

  /** The same scope in another process of the run. */
  in(declarations: Declarations): ScopeApi {
    const declared = async () => (await declarations.known()).declared;
    return {
      ...{ scope: this.scope, clientAccess: this.clientAccess, names: this.names },
      list: () => this.list(),
      inherited: () => this.inherited(),
      declaredClients: () => this.declaredClients(),
      activeInProject: () => this.activeInProject(),
      cachedList: () => undefined,
      content: (id) => this.content(id),
      isCanceled: () => false,
      declared,
      allDeclared: () => this.quiet().then(declared),
      allManaged: async () => {
        const known = await declarations.known();
        return known.declared.union(known.managed);
      },
      changeActivation: (chunk) => {
        declarations.record(chunk.action, chunk.ids);
        return this.changeActivation(chunk);
      },
      log: (text) => {
        this.log(text);
      },
      warn: (text) => {
        this.warn(text);
      },
    };
  }

  async changeActivation({ action, ids }: Chunk): Promise<readonly ListedCertificate[]> {
    this.declarations.record(action, ids);
    const request = { method: "POST", path: `${certificatesPath(this.scope)}/${action}` } as const;
    const rejection = this.rejectionOf(request, action, ids);
    const fault = this.record(action, ids, () => {
      if (!rejection) for (const id of ids) this.set(id, action === "activate");
    });
    // A fault also hides the API's own error.
    if (fault) throw errorOf(fault, request);
    if (rejection) throw rejection;
    return [...this.certificates.values()].filter(({ id }) => ids.includes(id));
  }

  async content(id: string): Promise<string> {
    const request = { method: "GET", path: `${certificatesPath(this.scope)}/${id}` } as const;
    const fault = this.record("content", [id]);
    if (fault) throw errorOf(fault, request);
    const pem = this.pems.get(id);
    if (pem === undefined) throw rejected(request, 404, "certificate_not_found");
    return pem;
  }

  log(text: string): void {
    this.messages.push(text);
  }

  warn(text: string): void {
    this.messages.push(text);
  }

  /** Executes and records a call, unless its fault prevents the execution. @returns the fault. */
  private record(what: Call["what"], ids: readonly string[], execute?: () => void): Fault | undefined {
    const fault = this.faults[this.callsOfOperation];
    this.callsOfOperation += 1;
    const before = this.active;
    if (isExecutedUnder(fault)) execute?.();
    this.calls.push({ what, ids, before, after: this.active, fault });
    return fault;
  }

  private set(id: string, active: boolean): void {
    const certificate = this.certificates.get(id);
    if (certificate) this.certificates.set(id, { ...certificate, active });
  }

  private rejectionOf(
    request: RequestLine,
    action: ActivationAction,
    ids: readonly string[],
  ): ApiError | undefined {
    if (ids.length === 0 || ids.length > 10) return rejected(request, 400, "invalid_request_error");
    const [code] = ids.flatMap((id) => this.rejectionCode(action, id) ?? []);
    return code && rejected(request, code === "expired_certificate" ? 400 : 404, code);
  }
}

function rejected(request: RequestLine, status: number, code: string): ApiError {
  const reason = `status ${status} ${code}`;
  return new ApiError({ kind: "refused", request, reason, mayHaveActed: false, status, code });
}
