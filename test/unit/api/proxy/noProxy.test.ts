import { isExcluded } from "../../../../provider/api/proxy/noProxy";

const excludes = (noProxy: string, host: string): boolean =>
  isExcluded(new URL(`https://${host}/v1`), noProxy);

describe("NO_PROXY", () => {
  test.each([
    ["*", "api.openai.com"],
    ["api.openai.com", "api.openai.com"],
    ["API.OpenAI.com", "api.openai.com"],
    ["api.openai.com.", "api.openai.com"],
    ["api.openai.com", "api.openai.com."],
    ["other.example,api.openai.com", "api.openai.com"],
    ["other.example, api.openai.com", "api.openai.com"],
    ["other.example api.openai.com", "api.openai.com"],
    ["other.example\napi.openai.com,", "api.openai.com"],
    ["other.example,*", "api.openai.com"],
    [".openai.com", "mtls.api.openai.com"],
    [".openai.com.", "mtls.api.openai.com"],
    ["*.openai.com", "api.openai.com"],
    ["*openai.com", "openai.com"],
    ["api.openai.com:443", "api.openai.com"],
    ["api.openai.com:8443", "api.openai.com:8443"],
    [".openai.com:8443", "api.openai.com:8443"],
    ["api.openai.com:0", "api.openai.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    [".bücher.example", "api.xn--bcher-kva.example"],
    ["10.1.2.3", "10.1.2.3"],
    ["10.1.2.3:443", "10.1.2.3"],
    ["*.2.3", "10.1.2.3"],
    ["10.0.0.0/8", "10.1.2.3"],
    ["10.1.2.3/32", "10.1.2.3"],
    ["0.0.0.0/0", "10.1.2.3"],
    ["10.1.2.3", "[::ffff:10.1.2.3]"],
    ["::ffff:10.1.2.3", "10.1.2.3"],
    ["::ffff:10.0.0.0/104", "10.1.2.3"],
    ["2001:db8::1", "[2001:db8::1]"],
    ["[2001:db8::1]", "[2001:db8::1]"],
    ["[2001:db8::1]:8443", "[2001:db8::1]:8443"],
    ["2001:DB8:0::1", "[2001:db8::1]"],
    ["2001:db8::/32", "[2001:db8::1]"],
    ["[2001:db8::]/32", "[2001:db8::1]"],
    ["localhost", "127.0.0.1"],
    ["127.0.0.1", "localhost"],
    ["127.1", "127.0.0.1"],
    ["::1", "127.0.0.1"],
    ["0.0.0.0", "[::1]"],
    ["127.0.0.1:8443", "localhost:8443"],
  ])("%j excludes %s", (noProxy, host) => {
    expect(excludes(noProxy, host)).toBe(true);
  });

  test.each([
    ["", "api.openai.com"],
    [" , ", "api.openai.com"],
    ["openai.com", "api.openai.com"],
    [".openai.com", "openai.com"],
    [".openai.com", "notopenai.com"],
    ["*.", "api.openai.com"],
    [".", "api.openai.com"],
    ["api.openai.com:8443", "api.openai.com"],
    ["api.openai.com", "api.openai.com.example"],
    ["https://api.openai.com", "api.openai.com"],
    ["11.0.0.0/8", "10.1.2.3"],
    ["10.1.2.3/33", "10.1.2.3"],
    ["10.0.0.0/8", "10.example"],
    ["::ffff:10.0.0.0/8", "10.1.2.3"],
    ["2001:db8::/32", "10.1.2.3"],
    ["::/129", "[2001:db8::1]"],
    ["/8", "10.1.2.3"],
    ["localhost", "10.1.2.3"],
    ["localhost:8443", "127.0.0.1"],
  ])("%j does not exclude %s", (noProxy, host) => {
    expect(excludes(noProxy, host)).toBe(false);
  });
});
