import type { CertificateWithContent } from "../api/certificates";
import type { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import type { UploadedCertificate } from "../api/uploads";

/** The side effects an uploaded certificate needs: API calls, waiting and logging. */
export interface CertificateApi {
  /** What messages call the organization, and its address. */
  readonly organization: string;
  /** Requests the organization's certificates, never from a cache. */
  list(): Promise<readonly ListedCertificate[]>;
  /** A certificate of a recent or new list; undefined when it is not there. */
  find(id: string): Promise<ListedCertificate | undefined>;
  /** A certificate of a state. @throws UserError when the list does not have it: it may be another organization's. */
  findStored(id: string): Promise<ListedCertificate>;
  get(id: string): Promise<CertificateWithContent>;
  /** Reads a certificate's PEM text. */
  content(id: string): Promise<string>;
  /** Reads a certificate's PEM text in one attempt. @returns undefined when it cannot be read now. */
  contentIfAvailable(id: string): Promise<string | undefined>;
  /** Uploads once. @throws ApiError, which contains whether the API may have acted. */
  upload(pem: string, name: string | undefined): Promise<UploadedCertificate>;
  /** Waits after the given number of attempts whose response was lost. @returns false when no time is left. */
  pause(attempts: number, lost: ApiError): Promise<boolean>;
  rename(id: string, name: string): Promise<UploadedCertificate>;
  delete(id: string): Promise<void>;
  /** Logs a warning at `pulumi preview` or `up`. */
  warn(text: string): void;
}

/** What an upload needs of it. */
export type UploadApi = Pick<
  CertificateApi,
  "list" | "content" | "contentIfAvailable" | "upload" | "pause" | "warn"
>;
