import { otherOrganization } from "../activation/storedOrganization";
import { ApiError } from "../api/errors/apiError";
import type { CertificateApi } from "../certificate/certificateApi";
import { explainInUse } from "../certificate/explainInUse";
import { isSameName } from "../certificate/sameCertificate";
import { uploadWithRecovery } from "../certificate/uploadWithRecovery";
import { rememberContent } from "../session/knownContents";
import { previewOperation, warnFor } from "../session/operation";
import { recordUpload } from "../session/session";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { UserError } from "../shared/userError";
import { allKnown } from "./arguments";
import { checkCertificate } from "./certificateInputs";
import type { CertificateInputs } from "./certificateInputs";
import { openCertificates, organizationTarget, withCertificates } from "./openCertificates";
import { UNKNOWN } from "./resource";
import type { Resource } from "./resource";
import { certificateOutputs, parseStoredCertificate, parseStoredPem } from "./storedCertificate";
import type { CertificateOutputs } from "./storedCertificate";
import { continueUnverified } from "./unverified";

/** Arguments of which another value is another certificate. */
const REPLACEMENT_KEYS = ["certificate", "connection"] as const;

/** Certificates that are uploaded, renamed and deleted. */
export function certificateResource(): Resource {
  return {
    async check(olds, news) {
      const { inputs, failures, warnings } = checkCertificate(olds, news, Date.now() / 1000);
      if (failures) return { failures };
      for (const warning of warnings) warnFor(inputs.connection, warning);
      const { certificate, name, connection = DEFAULT_CONNECTION } = inputs;
      const isUploaded = certificate === UNKNOWN || certificate !== olds["certificate"];
      const upload = { pem: ifKnown(certificate), name: ifKnown(name) ?? null };
      if (isUploaded && connection !== UNKNOWN) recordUpload(connection, upload);
      return { inputs: { ...inputs }, failures: [] };
    },

    async diff(id, olds, news) {
      const stored = parseStoredCertificate(olds);
      if (stored.certificate !== undefined) rememberContent(id, stored.certificate);
      const inputs = parseStoredCertificate(news);
      const replaces = REPLACEMENT_KEYS.filter((property) => inputs[property] !== stored[property]);
      if (replaces.length > 0) return { changes: true, replaces };
      return { changes: inputs.name !== undefined && !isSameName(inputs.name, stored.name), replaces };
    },

    async create(news) {
      const { certificate, name, connection } = allKnown(checkCertificate({}, news, Date.now() / 1000));
      const caCertificate = parseStoredPem(certificate);
      const uploaded = await withCertificates(connection, (certificates) =>
        uploadWithRecovery(certificates, { caCertificate, name }, Date.now()),
      );
      rememberContent(uploaded.id, caCertificate.pem);
      return { id: uploaded.id, outputs: { ...certificateOutputs(uploaded, caCertificate, connection) } };
    },

    async update(id, olds, news) {
      const { certificate, name, connection } = parseStoredCertificate(olds);
      const { name: wanted = name } = allKnown<CertificateInputs>(
        checkCertificate(olds, news, Date.now() / 1000),
      );
      if (wanted === undefined || certificate === undefined || isSameName(wanted, name))
        return { outputs: olds };
      const renamed = await withCertificates(connection, (certificates) => certificates.rename(id, wanted));
      return { outputs: { ...certificateOutputs(renamed, parseStoredPem(certificate), connection) } };
    },

    async read(id, properties) {
      const { certificate, connection } = parseStoredCertificate(properties);
      const outputs = await withCertificates(connection, (certificates) =>
        certificate === undefined
          ? readNew(certificates, id, connection)
          : readKnown(certificates, id, certificate, connection),
      );
      return { outputs: { ...outputs }, inputs: { ...inputsFromState(outputs) } };
    },

    async delete(id, properties) {
      const { connection } = parseStoredCertificate(properties);
      await withCertificates(connection, (certificates) => remove(certificates, id));
    },

    async assertStored(id, properties) {
      const { connection } = parseStoredCertificate(properties);
      await withCertificates(connection, (certificates) => certificates.findStored(id));
    },

    async verify(id, properties) {
      const { connection } = parseStoredCertificate(properties);
      try {
        const operation = previewOperation(organizationTarget(connection));
        if (!operation) return false;
        await openCertificates(operation).findStored(id);
        return true;
      } catch (error) {
        continueUnverified(connection, error, (reason) => `${id} not verified: ${reason}`);
        return false;
      }
    },
  };
}

function ifKnown(value: string | undefined): string | undefined {
  return value === UNKNOWN ? undefined : value;
}

/** Reads a certificate of which nothing is known but its id. */
async function readNew(
  certificates: CertificateApi,
  id: string,
  connection: string | undefined,
): Promise<CertificateOutputs> {
  const found = await certificates.get(id);
  return certificateOutputs(found, parseStoredPem(found.content), connection);
}

async function readKnown(
  certificates: CertificateApi,
  id: string,
  pem: string,
  connection: string | undefined,
): Promise<CertificateOutputs> {
  return certificateOutputs(await certificates.findStored(id), parseStoredPem(pem), connection);
}

async function remove(certificates: CertificateApi, id: string): Promise<void> {
  try {
    await certificates.delete(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, code, mayHaveActed } = error.failure;
    if (code === "certificate_in_use") {
      const listed = await certificates.list().catch(() => undefined);
      throw new UserError(`${explainInUse(id, listed)}\n${error.message}`);
    }
    // A repeated request finds nothing when the response to the first one was lost.
    if (status === 404 && code === "certificate_not_found" && mayHaveActed) return;
    if (status !== 404 && !mayHaveActed) throw error;
    // The list decides after a response that leaves it open, as after a 404 that may be that of a wrong address.
    const found = await certificates.find(id).catch(() => "unknown");
    if (found !== undefined) throw error;
    // Without a lost response, it may be that of another organization.
    if (!mayHaveActed) throw otherOrganization(new Set([id]), certificates.organization);
  }
}

/** Inputs that equal the certificate as it is now, so that the next preview shows a rename as a difference. */
function inputsFromState({ certificate, name, connection }: CertificateOutputs): CertificateInputs {
  return {
    certificate,
    ...(name !== undefined && { name }),
    ...(connection !== undefined && { connection }),
  };
}
