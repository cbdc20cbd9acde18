import type { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import type { UploadedCertificate } from "../api/uploads";

/** The side effects that an upload needs: API calls, waiting and logging. */
export interface UploadApi {
  /** Requests the organization's certificates, never from a cache. */
  list(): Promise<readonly ListedCertificate[]>;
  /** Reads a certificate's PEM text. */
  content(id: string): Promise<string>;
  /** Reads a certificate's PEM text in one attempt. @returns undefined when it cannot be read now. */
  contentIfAvailable(id: string): Promise<string | undefined>;
  /** Uploads once. @throws ApiError, which contains whether the API may have acted. */
  upload(pem: string, name: string | undefined): Promise<UploadedCertificate>;
  /** Waits after the given number of attempts whose response was lost. @returns false when no time is left. */
  pause(attempts: number, lost: ApiError): Promise<boolean>;
  /** Logs a warning at `pulumi preview` or `up`. */
  warn(text: string): void;
}
