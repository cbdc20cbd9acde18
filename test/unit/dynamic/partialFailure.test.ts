import { PartialFailure } from "../../../provider/dynamic/partialFailure";

test("a partial failure carries what the engine keeps, and is summed up by its first reason", () => {
  const properties = {
    certificateIds: { cert_a: "unverified" },
    exclusive: false,
    enforcementChange: "warn",
    expiryWarningDays: 30,
    certificates: {},
    unmanagedActiveCertificateIds: {},
    __provider: "exports.handler = …",
  } as const;
  const failure = new PartialFailure("organization", properties, [
    "the second call failed",
    "cert_b is missing",
  ]);
  // The engine looks for these three by name, as own properties.
  expect(Object.entries(failure)).toEqual(
    expect.arrayContaining([
      ["id", "organization"],
      ["properties", properties],
      ["reasons", ["the second call failed", "cert_b is missing"]],
    ]),
  );
  expect(failure).toBeInstanceOf(Error);
  expect(failure.message).toBe("the second call failed");
});
