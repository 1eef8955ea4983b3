import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join, resolve } from "node:path";

import { messageOf } from "../../provider/errors";

/** The mode of a new file: reports show the topology of networks. */
const OWNER_ALONE = 0o600;

/**
 * Writes text to a path; all files are written here. A regular file is replaced atomically: a
 * concurrent reader gets the complete old text or the complete new text. It keeps its mode; a new
 * file is readable by its owner alone. Links are followed and kept. A device, or a FIFO that has a
 * reader, is written in place.
 * @throws Error of one line that names the title and the path, for example if the folder is missing.
 * An existing file is then unchanged, except for a device or a FIFO.
 */
export function writeFile(title: string, path: string, text: string): void {
  try {
    const there = fs.statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Error("it is a folder");
    if (there === undefined || there.isFile()) replace(targetOf(path), text, there);
    else writeInPlace(path, text, there);
  } catch (error) {
    // The name of the temporary file means nothing to a user.
    const reason = messageOf(error).replace(/, \w+ '.*$/, "");
    throw new Error(`${title} ${path} cannot be written: ${reason}`, { cause: error });
  }
}

/**
 * Writes text that contains a secret: the file is readable by its owner alone. Replaces only a
 * regular file that begins with the `author` of such texts.
 * @throws Error of one line that names the title and the path; an existing file is then unchanged
 */
export function writeOwnFile(title: string, path: string, text: string, author: string): void {
  const there = fs.lstatSync(path, { throwIfNoEntry: false });
  if (there !== undefined) {
    const isOwn = there.isFile() && fs.readFileSync(path, "utf8").slice(0, 200).includes(author);
    if (!isOwn) {
      throw new Error(
        `${title} ${path} cannot be written: it exists, and \`${author}\` did not write it`,
      );
    }
    fs.chmodSync(path, OWNER_ALONE);
  }
  writeFile(title, path, text);
}

/** The target of a chain of links. It need not exist. */
function targetOf(path: string): string {
  const there = fs.lstatSync(path, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() !== true) return path;
  return targetOf(resolve(fs.realpathSync(dirname(path)), fs.readlinkSync(path)));
}

function replace(file: string, text: string, there: fs.Stats | undefined): void {
  // A rename within one folder is atomic. The short name fits every length limit that the file's does.
  const fresh = join(dirname(file), `.${randomBytes(8).toString("hex")}.tmp`);
  const descriptor = fs.openSync(fresh, "wx", OWNER_ALONE);
  try {
    try {
      if (there !== undefined) keepOwner(descriptor, there);
      fs.writeFileSync(descriptor, text);
      if (there !== undefined) fs.fchmodSync(descriptor, there.mode);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(fresh, file);
  } catch (error) {
    fs.rmSync(fresh, { force: true });
    throw error;
  }
}

/** Only an administrator can change the owner; for other users the new file is their own. */
function keepOwner(descriptor: number, { uid, gid }: fs.Stats): void {
  const is = fs.fstatSync(descriptor);
  if (is.uid === uid && is.gid === gid) return;
  try {
    fs.fchownSync(descriptor, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
  }
}

function writeInPlace(path: string, text: string, there: fs.Stats): void {
  // Without a reader a FIFO would block the process, signals included.
  const probe = there.isFIFO() ? openReadFifo(path) : undefined;
  try {
    const descriptor = fs.openSync(path, fs.constants.O_WRONLY);
    try {
      fs.writeFileSync(descriptor, text);
    } finally {
      fs.closeSync(descriptor);
    }
  } finally {
    if (probe !== undefined) fs.closeSync(probe);
  }
}

function openReadFifo(path: string): number {
  try {
    return fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENXIO") throw error;
    throw new Error("it is a FIFO that no process reads", { cause: error });
  }
}
