import { cloudOf } from "./cloud";
import { readSettings, type Settings, type Sources } from "./config/settings";
import { dialectProblem } from "./dialect";
import { messageOf } from "./errors";
import type { Transport } from "./http/transport";
import type { TokenBody } from "./identity/keystone";
import { allCloudResourceTypes } from "./schema/resourceType";
import type { Log } from "./log";
import type { NeutronClient } from "./neutron/client";
import { systemClock } from "./wait/clock";

/** The result of one check. It contains no secret. */
export interface Finding {
  /** `note`: useful information, but not a problem. */
  readonly verdict: "ok" | "note" | "problem";
  /** The observation and, for a problem, the advice. */
  readonly text: string;
}

/** From this skew on, tokens and certificates look expired, or not valid yet. */
const SKEW_MS = 60_000;

/**
 * Checks whether the settings, the login and the cloud meet the needs of the provider. Only reads.
 * Stops early if later checks are impossible; never throws.
 */
export async function* examine(
  sources: Sources,
  cloud: string | undefined,
  log: Log,
): AsyncGenerator<Finding> {
  try {
    yield* examineCloud(sources, cloud, log);
  } catch (error) {
    yield { verdict: "problem", text: messageOf(error) };
  }
}

async function* examineCloud(
  sources: Sources,
  cloud: string | undefined,
  log: Log,
): AsyncGenerator<Finding> {
  const settings = readSettings(sources, cloud);
  for (const { line: text } of settings.warnings) yield { verdict: "note", text };
  const { session, transport, client: open } = cloudOf(settings, log);
  const about = await session.about();
  yield { verdict: "ok", text: loggedIn(settings, about) };
  const { region, interface: side, endpoint: override } = settings.session;
  const client = await open();
  const choice = override === undefined ? `${side}, region ${region ?? "the only one"}` : "as set";
  yield { verdict: "ok", text: `The network endpoint is ${client.endpoint} (${choice}).` };
  yield await clock(transport, client.endpoint);
  const hasGroups = await client.hasExtension("vpn-endpoint-groups");
  const problem = dialectProblem(settings.dialect, { endpoint: client.endpoint, hasGroups });
  if (problem !== undefined) yield { verdict: "problem", text: `The dialect: ${problem}` };
  const isThere = await client.hasExtension("vpnaas");
  if (!isThere && settings.dialect === "neutron") {
    yield {
      verdict: "problem",
      text: `${client.endpoint} has no extension vpnaas: this cloud or region offers no VPN service, or the endpoint is another service's. Ask the cloud's operator.`,
    };
    return;
  }
  if (settings.dialect === "neutron") yield* extensions(client, hasGroups);
  yield await sight(client, settings, about);
}

function loggedIn({ session }: Settings, about: TokenBody | undefined): string {
  if (session.login.kind === "none") return "Authentication is disabled (authType none).";
  if (about === undefined) return "A ready token is used, without Keystone.";
  const roles = about.roles?.map(({ name }) => name).join(", ") || "none reported";
  const { user, project, expires_at } = about;
  return `Logged in as ${user?.name ?? "a user"}, project ${project?.name ?? "?"} (${project?.id ?? "?"}), roles: ${roles}; until ${expires_at ?? "?"}.`;
}

async function clock(transport: Transport, endpoint: string): Promise<Finding> {
  const [begin, began] = [Date.now(), systemClock.now()];
  const { headers } = await transport.send({ method: "GET", url: `${endpoint}/` });
  const ms = systemClock.now() - began;
  const answers = `It answers in ${ms} ms`;
  const date = Date.parse(headers["date"] ?? "");
  if (Number.isNaN(date)) return { verdict: "ok", text: `${answers}, and sends no Date header.` };
  // The header has whole seconds.
  const skew = Math.max(0, Math.abs(date + 500 - (begin + ms / 2)) - 500 - ms / 2);
  const seconds = Math.round(skew / 1_000);
  if (skew < SKEW_MS) {
    return { verdict: "ok", text: `${answers}, and its clock is within ${seconds + 1} s of ours.` };
  }
  const side = date < begin ? "behind" : "ahead of";
  return {
    verdict: "problem",
    text: `${answers}, but its clock is ${seconds} s ${side} ours: tokens and certificates may count as expired. Set this machine's clock, or tell the cloud's operator.`,
  };
}

async function* extensions(client: NeutronClient, hasGroups: boolean): AsyncGenerator<Finding> {
  yield hasGroups
    ? { verdict: "ok", text: "It has the extensions vpnaas and vpn-endpoint-groups." }
    : {
        verdict: "note",
        text: "It has the extension vpnaas, but no endpoint groups: give services a subnet.",
      };
  // The plugin announces only CTR, although CCM and GCM came with the same release.
  yield (await client.hasExtension("vpn-aes-ctr"))
    ? { verdict: "ok", text: "It supports the newer ciphers (CCM, GCM, CTR) and groups up to 31." }
    : {
        verdict: "note",
        text: "It does not announce the newer ciphers (CCM, GCM, CTR): use aes-128, aes-192 or aes-256 and group14.",
      };
}

/** A login without read permission sees empty lists, so its role has to be checked. */
async function sight(
  client: NeutronClient,
  { dialect }: Settings,
  about: TokenBody | undefined,
): Promise<Finding> {
  const roles = about?.roles ?? [];
  if (roles.length > 0 && roles.every(({ name }) => name === "reader")) {
    return {
      verdict: "problem",
      text: "The only role of this login is reader, which may not read VPN objects: it needs `member` in the project.",
    };
  }
  const counts: string[] = [];
  for (const definition of allCloudResourceTypes().filter(({ available }) => available[dialect])) {
    const found = await client.list(definition);
    counts.push(`${found.length} ${definition.kind}`);
  }
  return { verdict: "ok", text: `Visible VPN objects: ${counts.join(", ")}.` };
}
