import { proxyFor } from "../../../../provider/api/proxy/proxyFor";

const API = "https://api.openai.com/v1";
const urlOf = (environment: NodeJS.ProcessEnv, api = API): string | undefined =>
  proxyFor(api, environment)?.url.origin;
const credentialsOf = (value: string): string | undefined => {
  const authorization = proxyFor(API, { HTTPS_PROXY: value })?.authorization;
  return authorization && Buffer.from(authorization.replace("Basic ", ""), "base64").toString();
};

describe("the proxy", () => {
  test.each(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])("is taken from %s", (name) => {
    expect(urlOf({ [name]: "http://proxy.example:3128" })).toBe("http://proxy.example:3128");
  });

  test("is that of the first variable that is set", () => {
    const environment = {
      https_proxy: " ",
      HTTPS_PROXY: "http://second.example",
      all_proxy: "socks5://third.example",
    };
    expect(urlOf(environment)).toBe("http://second.example");
    expect(urlOf({ ...environment, https_proxy: "http://first.example" })).toBe("http://first.example");
  });

  test.each([
    ["proxy.example:3128", "http://proxy.example:3128"],
    ["localhost:3128", "http://localhost:3128"],
    [" http://proxy.example:3128/ ", "http://proxy.example:3128"],
    ["https://proxy.example", "https://proxy.example"],
    ["http://[::1]:3128", "http://[::1]:3128"],
    ["user:password@proxy.example:3128", "http://proxy.example:3128"],
  ])("%j is %s", (value, expected) => {
    expect(urlOf({ HTTPS_PROXY: value })).toBe(expected);
  });

  test("does not apply to plain http, which stays on this machine", () => {
    const proxies = {
      HTTP_PROXY: "http://a.example",
      http_proxy: "http://a.example",
      ALL_PROXY: "http://a.example",
    };
    expect(urlOf(proxies, "http://127.0.0.1:8080/v1")).toBeUndefined();
  });

  test("does not apply to hosts in NO_PROXY, of which the one in lower case counts", () => {
    const HTTPS_PROXY = "http://proxy.example";
    expect(urlOf({ HTTPS_PROXY, NO_PROXY: "api.openai.com" })).toBeUndefined();
    expect(urlOf({ HTTPS_PROXY, no_proxy: ".openai.com" })).toBeUndefined();
    expect(urlOf({ HTTPS_PROXY, no_proxy: "other.example", NO_PROXY: "*" })).toBe(HTTPS_PROXY);
    expect(urlOf({ HTTPS_PROXY: "socks5://proxy.example", NO_PROXY: "*" })).toBeUndefined();
  });

  test("is absent when no variable is set", () => {
    expect(urlOf({ HTTP_PROXY: "http://proxy.example" })).toBeUndefined();
  });
});

describe("the credentials of a proxy", () => {
  test.each([
    ["http://user:p%40ss%231@proxy.example", "user:p@ss#1"],
    ["user:p%40ss@proxy.example", "user:p@ss"],
    ["http://user@proxy.example", "user:"],
    ["http://us%3Aer:%C3%BC@proxy.example", "us:er:ü"],
    ["http://user:100%@proxy.example", "user:100%"],
    ["http://proxy.example", undefined],
  ])("of %s are %j", (value, expected) => {
    expect(credentialsOf(value)).toBe(expected);
  });

  test("are not in the URL", () => {
    const { url } = proxyFor(API, { HTTPS_PROXY: "http://user:secret@proxy.example" }) ?? {};
    expect(url?.href).toBe("http://proxy.example/");
  });
});

describe("a proxy that cannot be used", () => {
  test.each(["socks5", "socks4a", "socks", "ftp"])("%s is named, with the remedy", (protocol) => {
    expect(() => proxyFor(API, { ALL_PROXY: `${protocol}://user:secret@proxy.example:1080` })).toThrow(
      `ALL_PROXY is the URL of a ${protocol} proxy, which is not supported. Set HTTPS_PROXY to the http:// or https:// ` +
        "URL of a proxy, or add api.openai.com to NO_PROXY to call it directly.",
    );
  });

  test.each(["http://", "http://proxy.example:99999", "http://user:secret@", "://"])(
    "%j is not a valid URL, and is not repeated",
    (value) => {
      expect(() => proxyFor(API, { https_proxy: value })).toThrow(
        /^https_proxy is not a valid URL\. Set one such as http:\/\/proxy\.example:3128 or .* percent-encoded \(# as %23\)\.$/,
      );
    },
  );

  test.each(["#", "/", "?", "\\"])(
    "a password with %s that is not percent-encoded does not make the user's name the host",
    (character) => {
      const value = `http://user:1${character}secret@proxy.example:3128`;
      expect(() => proxyFor(API, { https_proxy: value })).toThrow("https_proxy is not a valid URL");
    },
  );
});
