import { type CertificateBody } from "./certificate";

/** What the answers of all endpoints have in common. */
export interface AnswerBody {
  readonly object: string;
  readonly id?: string;
  readonly data?: readonly CertificateBody[];
}

export interface PageBody extends AnswerBody {
  readonly object: "list";
  readonly data: readonly CertificateBody[];
  readonly first_id: string | null;
  readonly last_id: string | null;
  readonly has_more: boolean;
}
