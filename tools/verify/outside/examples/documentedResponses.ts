import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as schemas from "../../../../provider/api/schemas";
import { responseProblems } from "../../../../test/emulator/openApiSchema";
import { REPOSITORY } from "../../../../test/engine/packages";

/** A response that the API's reference shows as an example. Where the reference has a comma too many, it is left out. */
export interface DocumentedResponse {
  readonly operationId: string;
  /** The page of the reference. */
  readonly source: string;
  readonly body: unknown;
}

export const DOCUMENTED_RESPONSES = JSON.parse(
  readFileSync(join(REPOSITORY, "test/unit/api/fixtures/documented-responses.json"), "utf8"),
) as readonly DocumentedResponse[];

/** What the provider reads of each operation's response. */
const SCHEMAS: Readonly<Record<string, Parameters<typeof schemas.parse>[0]>> = {
  listOrganizationCertificates: schemas.certificatePage,
  listProjectCertificates: schemas.certificatePage,
  uploadCertificate: schemas.certificate,
  modifyCertificate: schemas.certificate,
  getCertificate: schemas.certificateWithContent,
  deleteCertificate: schemas.deleteResponse,
  activateOrganizationCertificates: schemas.activationResponse,
  deactivateOrganizationCertificates: schemas.activationResponse,
  activateProjectCertificates: schemas.activationResponse,
  deactivateProjectCertificates: schemas.activationResponse,
};

/** What the provider, or the API's description that the emulator is tested with, objects to in a documented response. */
export function documentedResponseProblems({
  operationId,
  source,
  body,
}: DocumentedResponse): readonly string[] {
  const schema = SCHEMAS[operationId];
  if (!schema) return [`The provider does not use ${operationId}.`];
  const parsed = schemas.parse(schema, body);
  return [
    ...("problem" in parsed ? [`provider: ${parsed.problem}`] : []),
    ...responseProblems(operationId, body).map((problem) => `description: ${problem}`),
  ].map((problem) => `${operationId} in ${source}: ${problem}`);
}
