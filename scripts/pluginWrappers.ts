/**
 * The program of a release on Linux and macOS. Node.js 22 and newer keep compiled code in a folder beside it, which
 * has the same owner as the code itself.
 */
export const SHELL_WRAPPER = `#!/bin/sh
here=$(dirname "$0")
export NODE_COMPILE_CACHE="\${NODE_COMPILE_CACHE:-$here/compiled}"
exec node "$here/plugin.cjs" "$@"
`;

/** The program of a release on Windows. */
export const WINDOWS_WRAPPER = `@node "%~dp0plugin.cjs" %*\r\n`;
