/**
 * Makes the folder of `--cwd` the working folder, so that a clouds.yaml in it is found first, as the
 * program finds it. Without a folder it changes nothing.
 * @throws Error of one line that names the folder
 */
export function enterFolder(folder: string | undefined): void {
  if (folder === undefined) return;
  try {
    process.chdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isMissing = code === "ENOENT" || code === "ENOTDIR";
    const reason = isMissing
      ? `there is no folder ${folder === "" ? '""' : folder}`
      : `the folder ${folder} cannot be entered (${code ?? "unknown error"})`;
    throw new Error(`--cwd: ${reason}`, { cause: error });
  }
}
