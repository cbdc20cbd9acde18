import { missingNode } from "../../provider/shared/nodeVersion";
import { LAUNCHER } from "./bundle";
import { EXECUTABLE } from "./platforms";
import type { Platform } from "./platforms";

/** The file that the engine runs. It starts Node.js, or reports that there is none, as the launcher reports problems. */
export interface Wrapper {
  readonly name: string;
  readonly text: string;
}

export function wrapperFor(system: Platform["system"]): Wrapper {
  if (system === "windows") return { name: `${EXECUTABLE}.cmd`, text: windows(missingNode()) };
  return { name: EXECUTABLE, text: posix(missingNode()) };
}

function posix(problem: string): string {
  return `#!/bin/sh
# Starts the provider plugin with the Node.js on PATH.
self=$0
if [ -L "$self" ]; then self=$(readlink -f -- "$self"); fi
if ! command -v node >/dev/null 2>&1; then
  printf '%s' '${problem}'
  printf '\\n%s\\n' '${problem}' >&2
  exit 1
fi
exec node "$(dirname -- "$self")/${LAUNCHER}" "$@"
`;
}

/** 9009 is the exit code of the command interpreter for a program that it cannot find. */
function windows(problem: string): string {
  return `@echo off
rem Starts the provider plugin with the Node.js on PATH.
node "%~dp0${LAUNCHER}" %*
if not %errorlevel% equ 9009 exit /b %errorlevel%
<nul set /p "=${problem}"
echo ${problem} 1>&2
exit /b 1
`.replaceAll("\n", "\r\n");
}
