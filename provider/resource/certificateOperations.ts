import type { ListedCertificate } from "../api/schemas";
import { ORGANIZATION, scopeLabel } from "../api/scope";
import {
  deleteCertificate,
  getWithContent,
  waitBeforeNewUpload,
  renameCertificate,
  uploadCertificate,
  type UploadedCertificate,
} from "../api/uploads";
import { readContent, listCertificates } from "../api/certificates";
import { ApiError } from "../api/errors/apiError";
import type { UploadApi } from "../certificate/uploadApi";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { warnOnce } from "../shared/log";
import { sessionOf } from "../session/session";
import { requestContexts, FAIL_FAST } from "./scopeOperations";

/** The organization's certificates as objects that come and go. */
export interface CertificateOperations extends UploadApi {
  /** A certificate that was just listed, when it was there; undefined when it is surely not there now. */
  find(id: string): Promise<ListedCertificate | undefined>;
  get(id: string): Promise<UploadedCertificate & { readonly content: string }>;
  rename(id: string, name: string): Promise<UploadedCertificate>;
  delete(id: string): Promise<void>;
}

/**
 * Does something to a connection's certificates when its turn comes, with a budget of time of its own.
 * @throws ConnectionError when the settings cannot be used.
 */
export async function withCertificates<T>(
  connection: string | undefined,
  work: (anchors: CertificateOperations) => Promise<T>,
): Promise<T> {
  const { mutex } = sessionOf(connection ?? DEFAULT_CONNECTION).organization.scope(ORGANIZATION);
  return mutex.runExclusive(() => work(certificateOperations(connection)));
}

/** Logs a warning about a connection's certificates, once for each text. */
export function warnFor(connection: string | undefined, text: string): void {
  warnOnce(connection === undefined ? text : `${connection}: ${text}`);
}

function certificateOperations(connection: string | undefined): CertificateOperations {
  const session = sessionOf(connection ?? DEFAULT_CONNECTION);
  const { client, organization } = session;
  const seen = organization.scope(ORGANIZATION);
  const context = requestContexts(session, scopeLabel(ORGANIZATION));
  const singleAttempt = requestContexts(session, scopeLabel(ORGANIZATION), FAIL_FAST);
  const list = (): Promise<readonly ListedCertificate[]> =>
    seen.load(() => listCertificates(client, ORGANIZATION, context("list")));

  /** Before and after a change nothing counts that was listed, in whatever scope. */
  async function changing<T>(change: () => Promise<T>): Promise<T> {
    organization.invalidateAll();
    try {
      return await change();
    } finally {
      organization.invalidateAll();
    }
  }

  return {
    list,
    find: async (id) => {
      const listed = seen.get(new Set([id])) ?? (await list());
      return listed.find((certificate) => certificate.id === id);
    },
    get: (id) => getWithContent(client, id, context(`read ${id}`)),
    content: (id) => readContent(client, id, context(`read ${id}`)),
    contentIfAvailable: (id) =>
      readContent(client, id, singleAttempt(`read ${id}`)).catch((error: unknown) => {
        if (error instanceof ApiError) return undefined;
        throw error;
      }),
    upload: (pem, name) => changing(() => uploadCertificate(client, pem, name, context("upload"))),
    pause: (attempts) => waitBeforeNewUpload(context("upload"), attempts),
    rename: (id, name) => changing(() => renameCertificate(client, id, name, context(`rename ${id}`))),
    delete: (id) => changing(() => deleteCertificate(client, id, context(`delete ${id}`))),
    warn: (text) => {
      warnFor(connection, text);
    },
  };
}
