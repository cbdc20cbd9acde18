import { mapOperations, withErrors } from "../openApi";
import type { OpenApiDocument, Operation } from "../openApi";

/** What the fuzzer has to know in addition to the shapes. */
export interface FuzzFacts {
  /** CA certificates in PEM that the API accepts. Random texts never are. */
  readonly pems: readonly string[];
  /** Certificates that no operation deletes, so that they can be read, renamed, activated and deactivated. */
  readonly kept: readonly string[];
  /** Certificates that are only deleted. */
  readonly disposable: readonly string[];
  readonly projects: readonly string[];
  /** How many certificates one request activates or deactivates at most. */
  readonly maxIds: number;
}

/** The API reference's limits of `limit`, which the document lacks. */
const LIMITS = { minimum: 1, maximum: 100 };

/**
 * The description of the API with what a fuzzer needs to check responses to invalid requests: errors, limits, and
 * values that the API accepts. The shapes of successes stay as they are.
 */
export function fuzzDocument(document: OpenApiDocument, facts: FuzzFacts): OpenApiDocument {
  const changed = mapOperations(withErrors(document), (operation) => ({
    ...operation,
    ...(operation.parameters && {
      parameters: operation.parameters.map((parameter) => ({
        ...parameter,
        schema: { ...parameter.schema, ...restriction(operation.operationId, parameter.name, facts) },
      })),
    }),
    responses: withLinks(operation, facts),
  }));
  const { components } = changed;
  const schemas = { ...components["schemas"], ...requestSchemas(facts) };
  return { ...changed, components: { ...components, schemas } };
}

/** What the API accepts of a parameter beyond its type. */
function restriction(
  operationId: string,
  parameter: string,
  { kept, disposable, projects }: FuzzFacts,
): object {
  switch (parameter) {
    case "limit":
      return LIMITS;
    case "after":
      return oneOf(kept);
    case "project_id":
      return oneOf(projects);
    case "certificate_id":
      return oneOf(operationId === "deleteCertificate" ? disposable : kept);
    default:
      return {};
  }
}

/** Without values, any. */
function oneOf(values: readonly string[]): object {
  return values.length > 0 ? { enum: values } : {};
}

function requestSchemas({ pems, kept, maxIds }: FuzzFacts): object {
  const text = { type: "string" };
  return {
    UploadCertificateRequest: {
      type: "object",
      properties: { name: text, certificate: { ...text, enum: pems } },
      required: ["certificate"],
    },
    ToggleCertificatesRequest: {
      type: "object",
      properties: {
        certificate_ids: { type: "array", items: { ...text, ...oneOf(kept) }, minItems: 1, maxItems: maxIds },
      },
      required: ["certificate_ids"],
    },
  };
}

/** After an upload, a sequence continues with the new certificate. */
function withLinks({ operationId, responses }: Operation, { projects }: FuzzFacts): Operation["responses"] {
  if (operationId !== "uploadCertificate") return responses;
  const id = "$response.body#/id";
  const requestBody = { certificate_ids: [id] };
  const parameters = { project_id: projects[0] };
  const links = [
    { operationId: "getCertificate", parameters: { certificate_id: id } },
    { operationId: "modifyCertificate", parameters: { certificate_id: id } },
    { operationId: "deleteCertificate", parameters: { certificate_id: id } },
    { operationId: "activateOrganizationCertificates", requestBody },
    { operationId: "deactivateOrganizationCertificates", requestBody },
    { operationId: "activateProjectCertificates", parameters, requestBody },
    { operationId: "deactivateProjectCertificates", parameters, requestBody },
    { operationId: "listProjectCertificates", parameters },
  ];
  const byOperation = Object.fromEntries(links.map((link) => [link.operationId, link]));
  return { ...responses, "200": { ...responses["200"], links: byOperation } };
}
