import { holdsSecret, withoutSecrets } from "../../../provider/api/secrets";

const KNOWN = "another-kind-of-secret";

test.each([
  "sk-admin-ABCDEFGH",
  '["sk-proj-abc123"]',
  "sk%2Dadmin%2DABCDEFGH",
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN RSA PRIVATE KEY-----\nabc",
  "-----BEGIN ENCRYPTED PRIVATE KEY-----",
])("is found in a text: %s", (text) => {
  expect(holdsSecret(text)).toBe(true);
});

test.each(["cert_abc", "disk-1/partition", "risk-assessment", "-----BEGIN CERTIFICATE-----", "sk-a"])(
  "is not found where there is none: %s",
  (text) => {
    expect(holdsSecret(text)).toBe(false);
  },
);

test("is taken out of a text, whether it is the known one or any other key", () => {
  const text = `use ${KNOWN}, or sk-admin-ABCDEFGH, or sk%2Dadmin%2DABC`;
  expect(withoutSecrets(text, KNOWN)).toBe("use [hidden], or [hidden], or [hidden]");
});
