import type { ListedCertificate } from "../api/shapes";
import { ORGANIZATION, scopeName } from "../api/scope";
import {
  deleteCertificate,
  getWithContent,
  pauseAfterLoss,
  renameCertificate,
  uploadCertificate,
  type UploadedCertificate,
} from "../api/uploads";
import { readContent, listCertificates } from "../api/certificates";
import { ApiError } from "../api/errors";
import type { UploadApi } from "../certificate/uploadApi";
import { DEFAULT_CONNECTION } from "../connection/settings";
import { sayOnce } from "../say";
import { sessionOf } from "../session";
import { errandOf, IMPATIENT } from "./certificatesOf";

/** The organization's certificates as objects that come and go. */
export interface Anchors extends UploadApi {
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
export async function inTurnWithAnchors<T>(
  connection: string | undefined,
  work: (anchors: Anchors) => Promise<T>,
): Promise<T> {
  const { turns } = sessionOf(connection ?? DEFAULT_CONNECTION).organization.scope(ORGANIZATION);
  return turns.run(() => work(anchorsOf(connection)));
}

/** What is to be said of a connection's certificates, once for each text. */
export function sayOf(connection: string | undefined, text: string): void {
  sayOnce(connection === undefined ? text : `${connection}: ${text}`);
}

function anchorsOf(connection: string | undefined): Anchors {
  const session = sessionOf(connection ?? DEFAULT_CONNECTION);
  const { client, organization } = session;
  const seen = organization.scope(ORGANIZATION);
  const errand = errandOf(session, scopeName(ORGANIZATION));
  const singleAttempt = errandOf(session, scopeName(ORGANIZATION), IMPATIENT);
  const list = (): Promise<readonly ListedCertificate[]> =>
    seen.remembering(() => listCertificates(client, ORGANIZATION, errand("list")));

  /** Before and after a change nothing counts that was listed, in whatever scope. */
  async function changing<T>(change: () => Promise<T>): Promise<T> {
    organization.forgetAll();
    try {
      return await change();
    } finally {
      organization.forgetAll();
    }
  }

  return {
    list,
    find: async (id) => {
      const listed = seen.recall(new Set([id])) ?? (await list());
      return listed.find((certificate) => certificate.id === id);
    },
    get: (id) => getWithContent(client, id, errand(`read ${id}`)),
    content: (id) => readContent(client, id, errand(`read ${id}`)),
    contentIfAvailable: (id) =>
      readContent(client, id, singleAttempt(`read ${id}`)).catch((error: unknown) => {
        if (error instanceof ApiError) return undefined;
        throw error;
      }),
    upload: (pem, name) => changing(() => uploadCertificate(client, pem, name, errand("upload"))),
    pause: (attempts) => pauseAfterLoss(errand("upload"), attempts),
    rename: (id, name) => changing(() => renameCertificate(client, id, name, errand(`rename ${id}`))),
    delete: (id) => changing(() => deleteCertificate(client, id, errand(`delete ${id}`))),
    log: (text) => {
      sayOf(connection, text);
    },
  };
}
