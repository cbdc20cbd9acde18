/** What the classes read of the package.json. */
export interface PackageManifest {
  readonly version: string;
  /** As npm publishes it: an object. As the source may have it: an address. Absent in a copy that was never published. */
  readonly repository?: string | { readonly url: string };
}

const GITHUB_REPOSITORY = /github\.com\/([\w-]+)\/([\w.-]+?)(?:\.git)?$/;

/**
 * Where the engine downloads the plugin: from the releases of the GitHub repository that has published the package.
 * @returns undefined when the package names none; then the plugin has to be installed.
 */
export function downloadUrl({ repository }: PackageManifest): string | undefined {
  const address = typeof repository === "string" ? repository : repository?.url;
  const [, owner, name] = GITHUB_REPOSITORY.exec(address ?? "") ?? [];
  return owner === undefined || name === undefined ? undefined : `github://api.github.com/${owner}/${name}`;
}
