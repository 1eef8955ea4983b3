import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * When an active run locked a stack: ISO 8601, UTC. Known only for file backends, whose locks are
 * files (pulumi, `pkg/backend/diy/lock.go`); undefined for others, and if there is no lock.
 * @param backend the URL of `pulumi whoami --json`
 */
export function lockedSince(
  backend: string | undefined,
  project: string,
  stack: string,
): string | undefined {
  const root = folderOf(backend);
  if (root === undefined) return undefined;
  const name = stack.split("/").at(-1)!;
  const locks = join(root, ".pulumi", "locks");
  return [join(locks, "organization", project, name), join(locks, name)]
    .flatMap(timesIn)
    .sort()
    .at(0);
}

function folderOf(backend = ""): string | undefined {
  if (!backend.startsWith("file://")) return undefined;
  const [path = ""] = backend.slice("file://".length).split("?");
  if (path.startsWith("~")) return join(homedir(), path.slice(1));
  return URL.canParse(backend) && path.startsWith("/") ? fileURLToPath(`file://${path}`) : path;
}

function timesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .flatMap((file) => timeIn(readFileSync(join(folder, file), "utf8")) ?? []);
  } catch {
    // A lock that is released at this moment does not count.
    return [];
  }
}

function timeIn(text: string): string | undefined {
  const { timestamp } = JSON.parse(text) as { timestamp?: unknown };
  const time = typeof timestamp === "string" ? new Date(timestamp) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
