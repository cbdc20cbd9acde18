import { getWithContent, listCertificates, readContent } from "../api/certificates";
import type { CertificateWithContent } from "../api/certificates";
import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { ORGANIZATION, scopeLabel } from "../api/scope";
import { deleteCertificate, renameCertificate, uploadCertificate, waitBeforeNewUpload } from "../api/uploads";
import type { UploadedCertificate } from "../api/uploads";
import type { UploadApi } from "../certificate/uploadApi";
import { whileChanging } from "../session/listCache";
import { FAIL_FAST, requestContexts, runOperation } from "../session/operation";
import type { Operation } from "../session/operation";
import { DEFAULT_CONNECTION } from "../settings/settings";

/** Uploading, reading, renaming and deleting the organization's certificates. */
export interface CertificateOperations extends UploadApi {
  /** A certificate of a recent or new list; undefined when it does not exist. */
  find(id: string): Promise<ListedCertificate | undefined>;
  get(id: string): Promise<CertificateWithContent>;
  rename(id: string, name: string): Promise<UploadedCertificate>;
  delete(id: string): Promise<void>;
}

/**
 * Works on the certificates of a connection's organization while no other operation runs there.
 * @throws SettingsError when the settings cannot be used.
 */
export function withCertificates<T>(
  connection: string | undefined,
  work: (certificates: CertificateOperations) => Promise<T>,
): Promise<T> {
  const target = { connection: connection ?? DEFAULT_CONNECTION, scope: ORGANIZATION };
  return runOperation(target, (operation) => work(operationsIn(operation)));
}

function operationsIn({ session, client, scopeSession, context, warn }: Operation): CertificateOperations {
  const { organization } = session;
  const { lists } = scopeSession;
  const failFast = requestContexts(session, scopeLabel(ORGANIZATION), FAIL_FAST);
  const list = (): Promise<readonly ListedCertificate[]> =>
    lists.load(() => listCertificates(client, ORGANIZATION, context("list")));
  /** An upload, a rename or a delete changes the lists of all scopes. */
  const changing = <T>(change: () => Promise<T>): Promise<T> =>
    whileChanging(() => {
      organization.invalidateAll();
    }, change);

  return {
    list,
    find: async (id) => {
      const listed = lists.get(new Set([id])) ?? (await list());
      return listed.find((certificate) => certificate.id === id);
    },
    get: (id) => getWithContent(client, id, context(`read ${id}`)),
    content: (id) => readContent(client, id, context(`read ${id}`)),
    contentIfAvailable: (id) =>
      readContent(client, id, failFast(`read ${id}`)).catch((error: unknown) => {
        if (error instanceof ApiError) return undefined;
        throw error;
      }),
    upload: (pem, name) => changing(() => uploadCertificate(client, pem, name, context("upload"))),
    pause: (attempts, { failure }) => waitBeforeNewUpload(context("upload"), attempts, failure),
    rename: (id, name) => changing(() => renameCertificate(client, id, name, context(`rename ${id}`))),
    delete: (id) => changing(() => deleteCertificate(client, id, context(`delete ${id}`))),
    warn,
  };
}
