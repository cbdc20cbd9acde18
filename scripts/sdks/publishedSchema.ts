/** What stands for the address of the repository in examples. */
const PLACEHOLDER = "example.com/pulumi-openai-certificates";

/** What a schema gets only when it is published: the repository's own copy names no address. */
export interface Publication {
  readonly version: string;
  /** The GitHub repository that publishes the releases, as `owner/name`. Absent for SDKs that stay on this machine. */
  readonly repository?: string | undefined;
}

/** The characters that GitHub allows in the names of owners and repositories. */
const REPOSITORY_NAME = /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/;

/**
 * The schema of a release. The Go module's path follows from `repository`, and the engine downloads the plugin from
 * `pluginDownloadURL`. Pulumi's Registry shows the logo and the homepage.
 * @throws Error when the repository is not `owner/name`.
 */
export function publishedSchema(schema: object, { version, repository }: Publication): object {
  if (repository === undefined) return { ...schema, version };
  if (!REPOSITORY_NAME.test(repository))
    throw new Error(`--repository is ${JSON.stringify(repository)}. Give it as owner/name.`);

  const examples = JSON.stringify(schema).replaceAll(PLACEHOLDER, `github.com/${repository}`);
  return {
    ...(JSON.parse(examples) as object),
    version,
    homepage: `https://github.com/${repository}`,
    repository: `https://github.com/${repository}`,
    logoUrl: `https://raw.githubusercontent.com/${repository}/HEAD/docs/logo.svg`,
    pluginDownloadURL: `github://api.github.com/${repository}`,
  };
}
