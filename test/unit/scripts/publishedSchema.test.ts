import { publishedSchema } from "../../../scripts/sdks/publishedSchema";

const SCHEMA = { name: "openai-certificates", version: "0.0.0" };

test("the schema of a local SDK has the version and no address", () => {
  expect(publishedSchema(SCHEMA, { version: "1.2.3" })).toEqual({
    name: "openai-certificates",
    version: "1.2.3",
  });
});

test("the schema of a release names the repository, from which the engine downloads the plugin, and its logo", () => {
  const description = 'import "example.com/pulumi-openai-certificates/sdk/go/openaicertificates"';
  expect(
    publishedSchema(
      { ...SCHEMA, description },
      { version: "1.2.3", repository: "acme/pulumi-openai-certificates" },
    ),
  ).toEqual({
    name: "openai-certificates",
    version: "1.2.3",
    description: 'import "github.com/acme/pulumi-openai-certificates/sdk/go/openaicertificates"',
    homepage: "https://github.com/acme/pulumi-openai-certificates",
    repository: "https://github.com/acme/pulumi-openai-certificates",
    logoUrl: "https://raw.githubusercontent.com/acme/pulumi-openai-certificates/HEAD/docs/logo.svg",
    pluginDownloadURL: "github://api.github.com/acme/pulumi-openai-certificates",
  });
});

test.each(["acme", "https://github.com/acme/name", "acme/name/more", "acme/na me"])(
  "the repository %s is rejected",
  (repository) => {
    expect(() => publishedSchema(SCHEMA, { version: "1.2.3", repository })).toThrow("Give it as owner/name.");
  },
);
