import { ignoresClientCertificates } from "../../../provider/settings/hosts";

test.each(["api.openai.com", "us.api.openai.com", "eu.api.openai.com", "API.OpenAI.com", "api.openai.com."])(
  "a client certificate has no effect at %s",
  (host) => {
    expect(ignoresClientCertificates(`https://${host}/v1`)).toBe(true);
  },
);

test.each([
  "mtls.api.openai.com",
  "mtls-us.api.openai.com",
  "mtls-eu.api.openai.com",
  "gateway.example.com",
  "127.0.0.1:8443",
  "api.openai.com.example.com",
  "notapi.openai.com",
])("a client certificate may have an effect at %s", (host) => {
  expect(ignoresClientCertificates(`https://${host}/v1`)).toBe(false);
});
