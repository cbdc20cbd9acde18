import {
  certificatePage,
  certificateWithContent,
  errorBody,
  parseShape,
  toggleAnswer,
} from "../../../provider/api/shapes";

const CERTIFICATE = {
  object: "organization.certificate",
  id: "cert_a",
  name: "edge",
  active: true,
  created_at: 1_700_000_000,
  certificate_details: { valid_at: 1_690_000_000, expires_at: 1_800_000_000 },
};
const PAGE = { object: "list", data: [CERTIFICATE], has_more: false, last_id: "cert_a" };
const pageOf = (more: Readonly<Record<string, unknown>>) => ({
  ...PAGE,
  data: [{ ...CERTIFICATE, ...more }],
});

describe("a page of certificates", () => {
  test("is turned into the words of this package", () => {
    expect(parseShape(certificatePage, PAGE)).toEqual({
      value: {
        ...PAGE,
        data: [
          {
            id: "cert_a",
            name: "edge",
            active: true,
            createdAt: 1_700_000_000,
            certificateDetails: { validAt: 1_690_000_000, expiresAt: 1_800_000_000 },
          },
        ],
      },
    });
  });

  test("may have certificates without a name and without dates, which then stay absent", () => {
    const parsed = parseShape(certificatePage, pageOf({ name: null, certificate_details: {} }));
    expect(parsed).toMatchObject({ value: { data: [{ name: null, certificateDetails: {} }] } });
    expect(JSON.stringify(parsed)).not.toContain("validAt");
  });

  test("may be empty, and may say more than is known of it", () => {
    const empty = { object: "list", data: [], has_more: false, last_id: null };
    expect(parseShape(certificatePage, { ...empty, first_id: null })).toEqual({ value: empty });
  });

  test.each([
    ["nothing", undefined, "the body"],
    ["text", "list", "the body"],
    ["another object", { ...PAGE, object: "page" }, "object"],
    ["no data", { ...PAGE, data: undefined }, "data"],
    ["no last id", { ...PAGE, last_id: undefined }, "last_id"],
    ["an empty id", pageOf({ id: "" }), "data.0.id"],
    ["no word on whether it is active", pageOf({ active: undefined }), "data.0.active"],
    ["active in words", pageOf({ active: "true" }), "data.0.active"],
    ["a creation in text", pageOf({ created_at: "2024" }), "data.0.created_at"],
    ["an expiry in fractions", pageOf({ certificate_details: { expires_at: 1.5 } }), "expires_at"],
    ["a certificate of something else", pageOf({ object: "organization.project" }), "data.0.object"],
  ])("with %s is refused, and the place is named", (_, body, place) => {
    expect(parseShape(certificatePage, body)).toEqual({
      problem: expect.stringMatching(new RegExp(`${place}: expected .+`)) as string,
    });
  });

  test("is refused without repeating what it held", () => {
    expect(JSON.stringify(parseShape(certificatePage, pageOf({ active: "sk-secret" })))).not.toContain(
      "sk-secret",
    );
  });
});

test.each([
  "organization.certificate.activation",
  "organization.certificate.deactivation",
  "organization.project.certificate.activation",
  "organization.project.certificate.deactivation",
])("an answer called %s is one to activate or deactivate", (object) => {
  expect(parseShape(toggleAnswer, { object, data: [CERTIFICATE] })).toHaveProperty(
    "value.data.0.id",
    "cert_a",
  );
});

test("an answer to activate is no list", () => {
  expect(parseShape(toggleAnswer, PAGE)).toEqual({ problem: expect.stringContaining("object") as string });
});

test("a certificate that was asked for with its content must have it", () => {
  expect(parseShape(certificateWithContent, CERTIFICATE)).toEqual({
    problem: expect.stringMatching(/^certificate_details\.content: expected/) as string,
  });
});

test("an error needs a message, and may have neither code nor type", () => {
  expect(parseShape(errorBody, { error: { message: "no", code: null } })).toHaveProperty("value");
  expect(parseShape(errorBody, { error: { code: "no_message" } })).toHaveProperty("problem");
});
