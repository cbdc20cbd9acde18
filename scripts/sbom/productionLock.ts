/** A package-lock.json, as far as it matters here. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  /** Whether only development dependencies need the package. */
  readonly dev?: boolean;
  /** Whether only peer dependencies need it. */
  readonly peer?: boolean;
  /** Whether only development or optional dependencies need it. */
  readonly devOptional?: boolean;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const ROOT = "";

/**
 * The lock of what a user installs: without development and peer dependencies, and without the packages that only they
 * need. `npm sbom --omit dev` alone leaves out a runtime dependency that a development dependency needs, too.
 */
export function productionLock<T extends Lock>(lock: T): T {
  const packages = Object.entries(lock.packages)
    .filter(([, { dev, peer, devOptional }]) => !dev && !peer && !devOptional)
    .map(([path, entry]) => [path, path === ROOT ? productionManifest(entry) : entry] as const);
  return { ...lock, packages: Object.fromEntries(packages) };
}

/** A package.json without development and peer dependencies. */
export function productionManifest<T extends LockedPackage>(manifest: T): T {
  const { devDependencies: _dev, peerDependencies: _peer, ...rest } = manifest;
  return rest as T;
}
