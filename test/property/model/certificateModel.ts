import { activeIds, type Chunk } from "../../../provider/activation/plan";
import { type ClientAccess } from "../../../provider/activation/guards/enforcement";
import { type ScopeOperations } from "../../../provider/activation/scopeOperations";
import { type ActivationAction } from "../../../provider/api/certificates";
import { ApiError, type RequestLine } from "../../../provider/api/errors/apiError";
import { certificatesPath, ORGANIZATION } from "../../../provider/api/scope";
import { type ListedCertificate } from "../../../provider/api/schemas";
import { type ClientCertificate } from "../../../provider/settings/clientCertificate";
import { Declarations } from "../../../provider/session/declarations";
import { actsUnder, errorOf, type Fault } from "./fault";

const DAY_SECONDS = 86_400;

/** A call as the model received it, and what was active before and after it. */
export interface Call {
  readonly what: "list" | "content" | ActivationAction;
  readonly ids: readonly string[];
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  readonly fault: Fault | undefined;
}

export interface Upload {
  readonly active?: boolean;
  /** Days from now to the certificate's end; absent for a certificate that does not say. */
  readonly days?: number | undefined;
  readonly pem?: string;
}

/** The API's certificates of one scope, in this process: it refuses what the API refuses, and fails where it is told to. */
export class CertificateModel implements ScopeOperations {
  readonly scope = ORGANIZATION;
  declare readonly clientCertificate?: ClientCertificate;
  readonly clientAccess: ClientAccess;
  readonly calls: Call[] = [];
  readonly messages: string[] = [];
  /** What the program that is applied declares. */
  declarations = new Declarations();
  private readonly certificates = new Map<string, ListedCertificate>();
  private readonly pems = new Map<string, string>();
  private faults: readonly (Fault | undefined)[] = [];
  private callsOfOperation = 0;

  /** @param now Unix seconds. */
  constructor(
    public now: number,
    identity?: ClientCertificate,
  ) {
    if (identity) this.clientCertificate = identity;
    this.clientAccess = identity ? "presented" : "not configured";
  }

  /** Begins an operation, whose calls fail at these positions, from 0. */
  failing(faults: readonly (Fault | undefined)[]): void {
    this.faults = faults;
    this.callsOfOperation = 0;
  }

  /** Somebody uploads a certificate. */
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

  /** Somebody switches certificates by hand; those that cannot be are left as they are. */
  changeOutOfBand(action: ActivationAction, ids: readonly string[]): void {
    for (const id of ids) {
      if (this.refusalCode(action, id) === undefined) this.set(id, action === "activate");
    }
  }

  /** Somebody deletes certificates by hand, which deactivates them first, as the API wants it. */
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

  /** The API's code when it refuses to switch a certificate. */
  refusalCode(
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

  cachedList(): undefined {
    return undefined;
  }

  declared(): ReadonlySet<string> {
    return this.declarations.declared;
  }

  async allDeclared(): Promise<ReadonlySet<string>> {
    return this.declarations.declared;
  }

  async changeActivation({ action, ids }: Chunk): Promise<readonly ListedCertificate[]> {
    this.declarations.record(action, ids);
    const request = { method: "POST", path: `${certificatesPath(this.scope)}/${action}` } as const;
    const refusal = this.refusalOf(request, action, ids);
    const fault = this.record(action, ids, () => {
      if (!refusal) for (const id of ids) this.set(id, action === "activate");
    });
    // A lost answer is lost whatever it would have said.
    if (fault) throw errorOf(fault, request);
    if (refusal) throw refusal;
    return [...this.certificates.values()].filter(({ id }) => ids.includes(id));
  }

  async content(id: string): Promise<string> {
    const request = { method: "GET", path: `${certificatesPath(this.scope)}/${id}` } as const;
    const fault = this.record("content", [id]);
    if (fault) throw errorOf(fault, request);
    const pem = this.pems.get(id);
    if (pem === undefined) throw refused(request, 404, "certificate_not_found");
    return pem;
  }

  log(text: string): void {
    this.messages.push(text);
  }

  warn(text: string): void {
    this.messages.push(text);
  }

  /** Logs a call around what it does, unless its fault keeps it from that. @returns the fault. */
  private record(what: Call["what"], ids: readonly string[], act?: () => void): Fault | undefined {
    const fault = this.faults[this.callsOfOperation];
    this.callsOfOperation += 1;
    const before = this.active;
    if (actsUnder(fault)) act?.();
    this.calls.push({ what, ids, before, after: this.active, fault });
    return fault;
  }

  private set(id: string, active: boolean): void {
    const certificate = this.certificates.get(id);
    if (certificate) this.certificates.set(id, { ...certificate, active });
  }

  private refusalOf(
    request: RequestLine,
    action: ActivationAction,
    ids: readonly string[],
  ): ApiError | undefined {
    if (ids.length === 0 || ids.length > 10) return refused(request, 400, "invalid_request_error");
    const [code] = ids.flatMap((id) => this.refusalCode(action, id) ?? []);
    return code && refused(request, code === "expired_certificate" ? 400 : 404, code);
  }
}

function refused(request: RequestLine, status: number, code: string): ApiError {
  const reason = `answered ${status} ${code}`;
  return new ApiError({ kind: "refused", request, reason, mayHaveActed: false, status, code });
}
