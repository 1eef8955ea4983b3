/** The program of a release on Linux and macOS. */
export const SHELL_WRAPPER = `#!/bin/sh
exec node "\${0%/*}/start.cjs" "$@"
`;

/** The program of a release on Windows. */
export const WINDOWS_WRAPPER = `@node "%~dp0start.cjs" %*\r\n`;
