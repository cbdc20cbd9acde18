import type { ListedCertificate } from "../api/listedCertificate";
import { formatCertificate } from "../shared/format";

/**
 * Why a certificate cannot be deleted that the API calls in use, and what to do.
 * @param listed the organization's certificates, undefined when the list request failed.
 */
export function explainInUse(id: string, listed: readonly ListedCertificate[] | undefined): string {
  const certificate = listed?.find((each) => each.id === id);
  const name = certificate ? formatCertificate(certificate) : id;
  return [`${name} is still active and was not deleted.`, whereActive(certificate), REMEDY].join("\n");
}

const PROJECTS = "check each project, in the dashboard or with getCertificates({ projectId, active: true })";

const REMEDY =
  "Deactivate it first: remove its id from the resource that keeps it active, or deactivate it in the dashboard, and run " +
  "`pulumi up` again. To keep it, set retainOnDelete. If the resource has deleteBeforeReplace, remove that option: " +
  "it deletes the old certificate before the activation has replaced it.";

function whereActive(certificate: ListedCertificate | undefined): string {
  if (!certificate) return `It is not known where. Check the organization, and ${PROJECTS}.`;
  return certificate.active
    ? `It is active in the organization. It may be active in projects, too: ${PROJECTS}.`
    : `It is not active in the organization, so it is active in a project: ${PROJECTS}.`;
}
