/** strongSwan and libreswan, unpacked from Debian's packages and never installed: their parsers. */
import { execFileSync, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PACKAGES = {
  strongswan: [
    "libstrongswan",
    "libstrongswan-standard-plugins",
    "libstrongswan-extra-plugins",
    "strongswan-libcharon",
    "libcharon-extra-plugins",
    "strongswan-charon",
    "strongswan-starter",
    "strongswan-swanctl",
  ],
  libreswan: ["libreswan"],
  ping: ["iputils-ping"],
} as const;

const CACHE = resolve(__dirname, "..", "..", "..", ".cache", "swans");

/** The folder in which the packages of a program are unpacked. */
export function unpacked(name: keyof typeof PACKAGES): string {
  const folder = join(CACHE, name);
  unpack(name, folder);
  return folder;
}

/** Why the parsers cannot run here; undefined if they can. Unpacks them at the first call. */
export function missingSwans(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "needs root on Linux";
  try {
    for (const name of ["strongswan", "libreswan"] as const) unpacked(name);
    const printed = inFolder({ "strongswan.conf": STRONGSWAN_CONF }, (folder) =>
      inNamespace("/usr/lib/ipsec/charon --version && echo ready", folder),
    );
    return printed.includes("ready") ? undefined : `charon does not start: ${printed.trim()}`;
  } catch (error) {
    return `no packages of strongSwan and libreswan: ${String(error).split("\n")[0]!}`;
  }
}

/** The output of swanctl for a text: it loads the connections and keys, and lists the connections. */
export function loadSwanctl(text: string): string {
  return inFolder({ "swanctl.conf": text, "strongswan.conf": STRONGSWAN_CONF }, (folder) =>
    inNamespace(
      `/usr/lib/ipsec/charon >/dev/null 2>&1 &
for _ in $(seq 200); do [ -S /run/charon.vici ] && break; sleep 0.05; done
swanctl --load-conns --file swanctl.conf; swanctl --load-creds --noprompt --file swanctl.conf
swanctl --list-conns; kill %1`,
      folder,
    ),
  );
}

/** The output of strongSwan's starter for an ipsec.conf and an ipsec.secrets. */
export function startIpsec(text: string, secrets = ""): string {
  const files = {
    "ipsec.conf": text,
    "ipsec.secrets": secrets,
    "strongswan.conf": STRONGSWAN_CONF,
  };
  return inFolder(files, (folder) =>
    inNamespace("timeout 10 /usr/lib/ipsec/starter --nofork --conf $PWD/ipsec.conf", folder),
  );
}

/** The result of libreswan's `addconn --checkconfig`. */
export function checkLibreswan(text: string): SpawnSyncReturns<string> {
  let result: SpawnSyncReturns<string> | undefined;
  inFolder({ "ipsec.conf": text }, (folder) => {
    const args = ["--config", join(folder, "ipsec.conf"), "--checkconfig"];
    return (result = spawnSync(libreswan("addconn"), args, { encoding: "utf8" }));
  });
  return result!;
}

/** The errors of libreswan's algorithm parser for a proposal such as `ike=aes256-sha2_256-dh19`. */
export function algparse(version: string, proposal: string): string {
  const args = ["-pfs", `-${version}`, proposal];
  const { status, stdout, stderr } = spawnSync(libreswan("algparse"), args, { encoding: "utf8" });
  return status === 0 ? "" : stdout + stderr;
}

function libreswan(program: string): string {
  return join(CACHE, "libreswan", "usr", "libexec", "ipsec", program);
}

/** A line for each connection is at level 1. */
const STRONGSWAN_CONF = `charon {
  plugins {
    stroke {
      secrets_file = ipsec.secrets
    }
  }
  filelog {
    stderr {
      path = stderr
      default = 1
    }
  }
}
`;

function unpack(name: keyof typeof PACKAGES, folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(CACHE, { recursive: true });
  const fresh = mkdtempSync(join(CACHE, "new-"));
  try {
    const download = ["download", "-q", ...PACKAGES[name]];
    const how = { cwd: fresh, stdio: "pipe" } as const;
    if (spawnSync("apt-get", download, how).status !== 0) {
      execFileSync("apt-get", ["update", "-qq"], how);
      execFileSync("apt-get", download, how);
    }
    for (const file of readdirSync(fresh)) execFileSync("dpkg", ["-x", file, "root"], how);
    execFileSync("mv", [join(fresh, "root"), folder], how);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Runs a script in a network and a file system of its own, in which strongSwan is at its place. */
function inNamespace(script: string, cwd: string): SpawnSyncReturns<string> {
  const overlay = `mount -t overlay overlay -o lowerdir="${join(CACHE, "strongswan", "usr")}":/usr /usr`;
  const all = `set -e; ${overlay}; mount -t tmpfs tmpfs /run; set +e; export STRONGSWAN_CONF=$PWD/strongswan.conf\n${script}`;
  return spawnSync("unshare", ["-n", "-m", "bash", "-c", all], { cwd, encoding: "utf8" });
}

function inFolder(
  files: Readonly<Record<string, string>>,
  run: (folder: string) => SpawnSyncReturns<string>,
): string {
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-swans-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
    }
    const { stdout, stderr } = run(folder);
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
