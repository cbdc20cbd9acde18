import { checkInputs } from "../../../provider/resource/activationInputs";
import { checkCertificate } from "../../../provider/resource/certificateInputs";

const KEY = `sk-admin-${"a1B2c3D4".repeat(4)}`;

describe("an argument that does not exist", () => {
  test.each([
    ["exclusiv", "exclusiv is not an argument; did you mean exclusive? Otherwise remove it"],
    ["certificates", "certificates is not an argument; did you mean certificateIds? Otherwise remove it"],
    [
      "region",
      "region is not an argument; use certificateIds, clientLockout, clients, connection, enforcementChange, exclusive, expiryWarningDays",
    ],
    ["exclusiv\u001b[2K", "exclusiv [2K is not an argument; use certificateIds, "],
  ])("(%j) fails its resource with the nearest name, or with all names", (name, reason) => {
    const { failures } = checkInputs("organization", { certificateIds: [], [name]: true });
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining(reason) as string }]);
  });

  test("fails a certificate, too, and its value is not repeated", () => {
    const { failures } = checkCertificate({}, { certificat: KEY, certificate: KEY }, 0);
    expect(failures).toContainEqual({
      property: "",
      reason: "certificat is not an argument; did you mean certificate? Otherwise remove it",
    });
    expect(JSON.stringify(failures)).not.toContain(KEY);
  });

  test("of a project is not one of an organization", () => {
    const given = { certificateIds: [], projectId: "proj_a" };
    expect(checkInputs("organization", given).failures).toHaveLength(1);
    expect(checkInputs("project", given).failures).toBeUndefined();
  });
});

test("what the SDK adds is no argument of the program", () => {
  expect(checkInputs("organization", { certificateIds: [], __provider: "text" }).failures).toBeUndefined();
});
