import type { ListedCertificate } from "../api/shapes";
import type { UploadedCertificate } from "../api/uploads";

/** The organization's certificates for one operation: all that is not decided but done. */
export interface AnchorStore {
  /** Asks what is there now. */
  list(): Promise<readonly ListedCertificate[]>;
  /** Reads a certificate's PEM text. */
  content(id: string): Promise<string>;
  /** Uploads once. @throws ApiError, which says whether it may have happened all the same. */
  upload(pem: string, name: string | undefined): Promise<UploadedCertificate>;
  /** Waits before an upload is tried again, of which `tries` answers were lost. @returns false when there is no time. */
  pause(tries: number): Promise<boolean>;
  /** Tells the person at `pulumi preview` or `up`. */
  say(text: string): void;
}
