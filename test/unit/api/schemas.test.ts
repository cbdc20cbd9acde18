import {
  activationResponse,
  certificatePage,
  certificateWithContent,
  errorBody,
  parse,
} from "../../../provider/api/schemas";

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
    expect(parse(certificatePage, PAGE)).toEqual({
      value: {
        has_more: false,
        last_id: "cert_a",
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

  test.each([
    ["absent", undefined],
    ["null", null],
  ])("may have certificates whose name and dates are %s, which then have none", (_, nothing) => {
    const details = { valid_at: nothing, expires_at: nothing };
    const certificate = { id: "cert_a", name: null, active: true, certificateDetails: {} };
    for (const certificate_details of [details, nothing]) {
      const page = pageOf({ name: nothing, created_at: nothing, object: nothing, certificate_details });
      expect(parse(certificatePage, page)).toHaveProperty("value.data", [certificate]);
    }
  });

  test.each([undefined, null])("needs no object, and ends where has_more is %s", (nothing) => {
    const body = { data: [CERTIFICATE], object: nothing, has_more: nothing, last_id: nothing };
    expect(parse(certificatePage, body)).toMatchObject({
      value: { data: [{ id: "cert_a" }], has_more: false, last_id: null },
    });
  });

  test("may be called anything, and may have fields that are not known", () => {
    const page = { ...pageOf({ object: "certificate", tags: ["edge"] }), object: "page", region: "eu" };
    expect(parse(certificatePage, page)).toEqual(parse(certificatePage, PAGE));
  });

  test.each([
    ["nothing", undefined, "the body"],
    ["text", "list", "the body"],
    ["no data", { ...PAGE, data: undefined }, "data"],
    ["has_more in words", { ...PAGE, has_more: "false" }, "has_more"],
    ["no id", pageOf({ id: undefined }), "data.0.id"],
    ["an empty id", pageOf({ id: "" }), "data.0.id"],
    ["no word on whether it is active", pageOf({ active: undefined }), "data.0.active"],
    ["active as null", pageOf({ active: null }), "data.0.active"],
    ["active in words", pageOf({ active: "true" }), "data.0.active"],
    ["a creation in text", pageOf({ created_at: "2024" }), "data.0.created_at"],
    ["an expiry in fractions", pageOf({ certificate_details: { expires_at: 1.5 } }), "expires_at"],
  ])("with %s is refused, and the place is named", (_, body, place) => {
    expect(parse(certificatePage, body)).toEqual({
      problem: expect.stringMatching(new RegExp(`${place}: expected .+`)) as string,
    });
  });

  test("is refused without repeating what it held", () => {
    expect(JSON.stringify(parse(certificatePage, pageOf({ active: "sk-secret" })))).not.toContain(
      "sk-secret",
    );
  });
});

test.each(["organization.certificate.activation", "list", null, undefined])(
  "a response to activate or deactivate may be called %s",
  (object) => {
    expect(parse(activationResponse, { object, data: [CERTIFICATE] })).toHaveProperty(
      "value.data.0.active",
      true,
    );
  },
);

test.each([undefined, null])("a response to activate or deactivate may have active: %s", (active) => {
  const data = [{ id: "cert_a", active }];
  expect(parse(activationResponse, { data })).toHaveProperty("value.data.0.active", undefined);
});

test("a response to activate or deactivate must have ids", () => {
  expect(parse(activationResponse, { data: [{ active: true }] })).toEqual({
    problem: expect.stringContaining("data.0.id") as string,
  });
});

test("a certificate that was requested with its content must have it", () => {
  expect(parse(certificateWithContent, CERTIFICATE)).toEqual({
    problem: expect.stringMatching(/^certificate_details\.content: expected/) as string,
  });
});

test("an error needs a message, and may have neither code nor type", () => {
  expect(parse(errorBody, { error: { message: "no", code: null } })).toHaveProperty("value");
  expect(parse(errorBody, { error: { code: "no_message" } })).toHaveProperty("problem");
});
