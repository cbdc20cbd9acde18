import type { CertificateBody } from "../certificates/certificate";

/** A certificate in a response of any dialect. */
export type AnyCertificate = Pick<CertificateBody, "id"> & Partial<CertificateBody>;

/** The body of a response in any dialect, as far as the emulator uses it. */
export interface AnyBody {
  readonly id?: string;
  readonly data?: readonly AnyCertificate[];
  readonly has_more?: boolean;
}

/** The common properties of the responses of all endpoints. */
export interface ResponseBody {
  readonly object: string;
  readonly id?: string;
  readonly data?: readonly CertificateBody[];
}

export interface PageBody extends ResponseBody {
  readonly object: "list";
  readonly data: readonly CertificateBody[];
  readonly first_id: string | null;
  readonly last_id: string | null;
  readonly has_more: boolean;
}
