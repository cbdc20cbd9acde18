/** The operating systems and processors for which the engine requests an archive, in its own names for them. */
export const SYSTEMS = ["linux", "darwin", "windows"] as const;
const PROCESSORS = ["amd64", "arm64"] as const;

export interface Platform {
  readonly system: (typeof SYSTEMS)[number];
  readonly processor: (typeof PROCESSORS)[number];
}

export const PLATFORMS: readonly Platform[] = SYSTEMS.flatMap((system) =>
  PROCESSORS.map((processor) => ({ system, processor })),
);

/** The platform of this machine. */
export function thisPlatform(): Platform {
  const { platform, arch } = process;
  const platforms = PLATFORMS.filter(
    ({ system }) => system === (platform === "win32" ? "windows" : platform),
  );
  const found = platforms.find(({ processor }) => processor === (arch === "x64" ? "amd64" : arch));
  if (found) return found;
  throw new Error(`There is no archive for ${platform} on ${arch}.`);
}

const PLUGIN_NAME = "openai-certificates";

/** The file that the engine runs, in the plugin's folder or on PATH. On Windows it has the extension `.cmd`. */
export const EXECUTABLE = `pulumi-resource-${PLUGIN_NAME}`;

/** The name under which the engine requests an archive: `standardAssetName` in its workspace/plugins.go. */
export function archiveName(version: string, { system, processor }: Platform): string {
  return `${EXECUTABLE}-v${version}-${system}-${processor}.tar.gz`;
}
