import type { Manager } from "./managers";
import type { ProgramKind } from "./programs";

/** Where a program has the package from. */
export type Layout =
  /** The program depends on the package. */
  | "direct"
  /** The program depends on another package of its workspace, which depends on the package. */
  | "library"
  /** As `library`, and the program itself depends on the package, too. */
  | "library and direct"
  /** As `library`, and the settings of the package manager put the package into the workspace's node_modules. */
  | "hoisted library";

/** One way in which somebody installs and runs the package. */
export interface Case {
  readonly id: string;
  readonly manager: Manager;
  readonly program: ProgramKind;
  readonly layout?: Layout;
  readonly node: "oldest" | "newest" | "usual";
  readonly pulumi: "oldest" | "newest";
  /** Development dependencies of the program. */
  readonly devDependencies?: Readonly<Record<string, string>>;
  /** What the installation or the first `up` must print when this cannot work. Without it, everything must work. */
  readonly rejectedWith?: RegExp;
}
