import { otherOrganization } from "../activation/storedOrganization";
import { getWithContent, readContent } from "../api/certificates";
import { ApiError } from "../api/errors/apiError";
import type { ListedCertificate } from "../api/listedCertificate";
import { ORGANIZATION, scopeLabel } from "../api/scope";
import { deleteCertificate, renameCertificate, uploadCertificate, waitBeforeNewUpload } from "../api/uploads";
import type { CertificateApi } from "../certificate/certificateApi";
import { whileChanging } from "../session/listCache";
import { FAIL_FAST, requestContexts, runOperation } from "../session/operation";
import type { Operation, Target } from "../session/operation";
import { organizationName } from "../settings/connection";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { listScope } from "./scopeLists";

/**
 * Works on the certificates of a connection's organization while no other operation runs there.
 * @throws SettingsError when the settings cannot be used.
 */
export function withCertificates<T>(
  connection: string | undefined,
  work: (certificates: CertificateApi) => Promise<T>,
): Promise<T> {
  return runOperation(organizationTarget(connection), (operation) => work(openCertificates(operation)));
}

/** Where the uploaded certificates of a connection are. */
export function organizationTarget(connection: string = DEFAULT_CONNECTION): Target {
  return { connection, scope: ORGANIZATION };
}

/** The certificates of an organization, for one operation. */
export function openCertificates(operation: Operation): CertificateApi {
  const { organization, client, context, warn } = operation;
  const { lists } = organization.scope(ORGANIZATION);
  const failFast = requestContexts(operation, scopeLabel(ORGANIZATION), FAIL_FAST);
  const name = organizationName(client.connection);
  const list = (): Promise<readonly ListedCertificate[]> => listScope(operation, ORGANIZATION);
  const find = async (id: string): Promise<ListedCertificate | undefined> => {
    const listed = lists.get(new Set([id])) ?? (await list());
    return listed.find((certificate) => certificate.id === id);
  };
  /** An upload, a rename or a delete changes the lists of all scopes. */
  const changing = <T>(change: () => Promise<T>): Promise<T> =>
    whileChanging(() => {
      organization.invalidateAll();
    }, change);

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
