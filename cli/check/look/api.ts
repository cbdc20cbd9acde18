import { listCertificates, readContent } from "../../../provider/api/certificates";
import type { Client, RequestContext } from "../../../provider/api/client";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { scopeName } from "../../../provider/api/scope";
import type { Scope } from "../../../provider/api/scope";

/** The calls of the command, all of which only read. Each throws UserError, or ApiError, when it fails. */
export interface ReadingApi {
  list(scope: Scope): Promise<readonly ListedCertificate[]>;
  /** Reads the PEM text of a certificate. */
  content(id: string): Promise<string>;
}

/** @param contextOf the context of a request. Each has a retry budget of its own: a long list of projects may take minutes. */
export function readingApi(client: Client, contextOf: (purpose: string) => RequestContext): ReadingApi {
  return {
    list: (scope) =>
      listCertificates(client, scope, contextOf(`list the certificates of ${scopeName(scope)}`)),
    content: (id) => readContent(client, id, contextOf(`read ${id}`)),
  };
}
