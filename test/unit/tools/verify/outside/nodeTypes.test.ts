import { differencesFromTypes } from "../../../../../tools/verify/outside/clients/nodeTypes";

const CERTIFICATE = {
  object: "organization.certificate",
  id: "cert_a",
  name: null,
  created_at: 1,
  certificate_details: { valid_at: 1, expires_at: 2 },
  active: true,
};
const page = (certificate: object) => ({
  object: "list",
  data: [certificate],
  first_id: "cert_a",
  last_id: "cert_a",
  has_more: false,
});

test("the compiler names the request whose response differs from the client's types, and the field", () => {
  const problems = differencesFromTypes([
    { request: { operation: "list" }, body: page(CERTIFICATE) },
    { request: { operation: "list-all" }, body: page({ ...CERTIFICATE, colour: "red" }) },
    { request: { operation: "list", project: "proj_a" }, body: page(CERTIFICATE) },
    { request: { operation: "delete", id: "cert_a" }, body: { object: "certificate.deleted" } },
  ]);
  expect(problems).toEqual([
    expect.stringMatching(/^the response to {"operation":"list-all"}.*colour/s),
    expect.stringMatching(/^the response to {"operation":"list","project":"proj_a"}.*organization.project/s),
    expect.stringMatching(/^the response to {"operation":"delete","id":"cert_a"}.*'id' is missing/s),
  ]);
});
