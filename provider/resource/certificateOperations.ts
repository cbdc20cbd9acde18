import { otherOrganization } from "../activation/storedOrganization";
import { getWithContent, listCertificates, readContent } from "../api/certificates";
import type { CertificateWithContent } from "../api/certificates";
import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { ORGANIZATION, scopeLabel } from "../api/scope";
import { deleteCertificate, renameCertificate, uploadCertificate, waitBeforeNewUpload } from "../api/uploads";
import type { UploadedCertificate } from "../api/uploads";
import type { UploadApi } from "../certificate/uploadApi";
import { whileChanging } from "../session/listCache";
import { FAIL_FAST, requestContexts, runOperation, startOperation } from "../session/operation";
import type { Operation, OperationTarget } from "../session/operation";
import { organizationName } from "../settings/connection";
import { DEFAULT_CONNECTION } from "../settings/settings";

/** Uploading, reading, renaming and deleting the organization's certificates. */
export interface CertificateOperations extends UploadApi {
  /** What messages call the organization, and its address. */
  readonly organization: string;
  /** A certificate of a recent or new list; undefined when it is not there. */
  find(id: string): Promise<ListedCertificate | undefined>;
  /** A certificate of a state. @throws UserError when the list does not have it: it may be another organization's. */
  findStored(id: string): Promise<ListedCertificate>;
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
  return runOperation(targetOf(connection), (operation) => work(operationsIn(operation)));
}

/** The same for a preview, in one attempt. @throws SettingsError when the settings cannot be used. */
export function previewCertificates(connection: string | undefined): CertificateOperations {
  return operationsIn(startOperation(targetOf(connection), FAIL_FAST));
}

function targetOf(connection: string = DEFAULT_CONNECTION): OperationTarget {
  return { connection, scope: ORGANIZATION };
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

  const find = async (id: string): Promise<ListedCertificate | undefined> => {
    const listed = lists.get(new Set([id])) ?? (await list());
    return listed.find((certificate) => certificate.id === id);
  };

  const name = organizationName(client.connection);

  return {
    organization: name,
    list,
    find,
    findStored: async (id) => {
      const found = await find(id);
      if (found) return found;
      throw otherOrganization(new Set([id]), name);
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
