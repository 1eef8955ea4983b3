import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { startSimulator } from "../../../simulator";
import type { Canaries } from "../../support/harness/canaries";
import { newAuthority } from "../../support/harness/certificates";
import { cloudOf, type Cloud } from "../../support/harness/cloud";
import { startEchoFront, type EchoFront } from "../../support/harness/echo";
import { TestStack } from "../../support/harness/stack";
import { startTlsFront } from "../../support/harness/tls";

/**
 * Characters that encodings change. A percent sign is not one of them, since it makes the engine
 * miss the secret in its own log.
 */
const SIGNS = `'"<&>+/=\\ü end`;

/** Every secret of the stack, except the client's key. */
export const CANARIES: Canaries = {
  psk: `canary-psk-1${SIGNS}`,
  "new psk": `canary-psk-2${SIGNS}`,
  "psk of somebody else": `canary-psk-3${SIGNS}`,
  "psk that is refused": `canary-psk-4${SIGNS} `,
  "secret description": `canary-description${SIGNS}`,
  password: `canary-password${SIGNS}`,
  "application credential's secret": `canary-secret${SIGNS}`,
  token: "canaryToken_",
  stem: "canary",
};

/** A stack that reaches its cloud over TLS with a client's key, through a front. */
export interface SecretsStack {
  readonly cloud: Cloud;
  readonly front: EchoFront;
  readonly stack: TestStack;
  /** `https://127.0.0.1:PORT` of the cloud. */
  readonly url: string;
  /** The client's key (PEM), stored outside the stack's folder. */
  readonly key: string;
  stop(): Promise<void>;
}

/** Variables that put temporary files below the stack's folder too. */
export function temporary(stack: TestStack): Record<string, string> {
  return { TMPDIR: join(dirname(stack.directory), "tmp") };
}

/** Starts cloud and front, and creates the stack with its secrets in the stack configuration. */
export async function makeSecretsStack(): Promise<SecretsStack> {
  const simulator = await startSimulator({ pendingMs: 0 });
  const cloud = await cloudOf(simulator);
  const aliases = [
    [CANARIES["password"]!, "lab-user-pass"],
    [CANARIES["application credential's secret"]!, "lab-app-secret"],
    [CANARIES["token"]!, "gAAAAAB"],
  ] as const;
  const front = await startEchoFront(
    () => simulator.endpoint,
    () => aliases,
  );
  const authority = await newAuthority();
  const tls = await startTlsFront({
    certificate: await authority.server(),
    to: () => front.url,
    clientAuthority: authority.cert,
  });
  const keys = mkdtempSync(join(tmpdir(), "vpnaas-keys-"));
  const client = await authority.client("a program");
  for (const [name, text] of Object.entries({ ...client, ca: authority.cert })) {
    writeFileSync(join(keys, `${name}.pem`), text, { mode: 0o600 });
  }
  const stack = await TestStack.create({
    program: join(__dirname, "..", "..", "fixtures", "programs", "secrets"),
    config: {
      "vpnaas:authUrl": `${tls.url}/identity/v3`,
      "vpnaas:endpoint": `${tls.url}/network`,
      "vpnaas:username": "lab-user",
      "vpnaas:projectName": "lab",
      "vpnaas:dialect": "neutron",
      "vpnaas:logLevel": "debug",
      "vpnaas:cacert": join(keys, "ca.pem"),
      "vpnaas:cert": join(keys, "cert.pem"),
      "vpnaas:key": join(keys, "key.pem"),
    },
    secretConfig: {
      "vpnaas:password": CANARIES["password"]!,
      ...Object.fromEntries(
        ["psk", "new psk", "psk of somebody else", "psk that is refused"].map((name) => [
          `secrets:${name.replaceAll(" ", "-")}`,
          CANARIES[name]!,
        ]),
      ),
      "secrets:description": CANARIES["secret description"]!,
    },
  });
  mkdirSync(join(dirname(stack.directory), "tmp"));
  stack.setEnv(temporary(stack));
  return {
    cloud,
    front,
    stack,
    url: tls.url,
    key: client.key,
    async stop() {
      await stack.dispose();
      await tls.stop();
      await front.stop();
      await cloud.stop();
      rmSync(keys, { recursive: true });
    },
  };
}
