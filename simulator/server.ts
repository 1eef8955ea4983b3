import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { catalogOf } from "./catalog";
import { neutron } from "./dialect";
import { unauthorized } from "./faultBodies";
import { Fault } from "./faults";
import { addFixture } from "./fixture";
import { presentExtensions } from "./extensions";
import { Identities, initialCredential, type Session } from "./identities";
import { k5 } from "./k5";
import { IdentityApi } from "./keystone";
import { NetworkApi } from "./neutron";
import { Quotas } from "./quotas";
import { VpnAgent } from "./status";
import type { Caller } from "./rows";
import { Store } from "./store";
import type { Answer, Behavior, RecordedRequest, Simulator, SimulatorOptions } from "./types";
import { projectIdOf } from "./users";

const noauthCaller: Caller = {
  user: null,
  projectId: "fake_project_id",
  admin: true,
  member: true,
};

const nothingHere: Answer = {
  status: 404,
  body: "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>",
};

function callerOf({ user, scoped }: Session): Caller {
  return {
    user: user.name,
    projectId: scoped ? user.project.id : null,
    admin: scoped && user.roles.includes("admin"),
    member: scoped && user.roles.includes("member"),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

/** The longest body that is never compressed, in bytes. */
const COMPRESSED_FROM = 1024;

/** With `isCut` the socket is destroyed after half of the body, or at once if there is no body. */
function send(
  response: ServerResponse,
  { status, body, headers }: Answer,
  { now, isCut, isLast }: { now: Date; isCut: boolean; isLast: boolean },
): void {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  if (isCut && text === "") {
    response.socket?.destroy();
    return;
  }
  const accepted = String(response.req.headers["accept-encoding"]);
  const isZipped = /\bgzip\b/.test(accepted) && Buffer.byteLength(text) > COMPRESSED_FROM;
  // A busy front end also prefers speed to a good compression.
  const bytes = isZipped ? gzipSync(text, { level: 1 }) : Buffer.from(text);
  response.writeHead(status, {
    ...(status === 204
      ? {}
      : {
          "Content-Type": typeof body === "string" ? "text/html" : "application/json",
          "Content-Length": bytes.length,
          ...(isZipped ? { "Content-Encoding": "gzip" } : {}),
        }),
    Date: now.toUTCString(),
    "X-Openstack-Request-Id": `req-${randomUUID()}`,
    ...(isLast ? { Connection: "close" } : {}),
    ...headers,
  });
  if (isCut) {
    response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
  } else {
    response.end(bytes);
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      // The server may listen several times.
      server.off("error", reject);
      resolve();
    });
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Starts a Keystone and a Neutron with VPNaaS, both in memory, on one port of 127.0.0.1.
 * Rejects if the port is in use. Users and passwords: {@link Identities}.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const behavior: Behavior = {
    pendingMs: options.pendingMs ?? 500,
    pendingOnUpdate: options.pendingOnUpdate ?? false,
    settlesTo: options.settlesTo ?? "ACTIVE",
    latencyMs: options.latencyMs ?? 0,
  };
  const dialect = options.dialect === "k5" ? k5 : neutron;
  const noauth = options.auth === "none";
  const projectId = noauth ? (noauthCaller.projectId ?? "") : projectIdOf("lab");
  const store = new Store();
  const others = { adminProjectId: projectIdOf("admin"), otherProjectId: projectIdOf("lab-other") };
  const fixture = { projectId, ...addFixture(store, projectId, others) };
  const identities = new Identities(options.tokenSeconds ?? 86400);
  const requests: RecordedRequest[] = [];
  const faults: Fault[] = [];
  const inFlight = { now: 0, most: 0 };
  const ended = new AbortController();
  // Every delayed answer listens to it.
  setMaxListeners(0, ended.signal);

  const endpoint = (): string => `${root}/network`;
  const identityUrl = (): string => `${root}/identity/v3`;
  const agent = new VpnAgent(store, behavior);
  const extensions = presentExtensions(dialect.extensions, options.missingExtensions ?? []);
  const paginationMaxLimit = options.paginationMaxLimit ?? Infinity;
  const servicesPerRouter = options.servicesPerRouter ?? dialect.servicesPerRouter;
  const limits = { paginationMaxLimit, servicesPerRouter };
  const quotas = new Quotas(store, dialect.attributes);
  const cloud = { store, quotas, agent, behavior, dialect, extensions, ...limits, endpoint };
  const networkApi = new NetworkApi(cloud);
  const networkEndpoints = options.networkEndpoints ?? dialect.networkEndpoints;
  const clockAheadMs = (options.clockAheadSeconds ?? 0) * 1000;
  const identityApi = new IdentityApi({
    identities,
    identityUrl,
    catalog: () => catalogOf(root, networkEndpoints),
    clockAheadMs,
  });

  async function answer(
    request: IncomingMessage,
    record: RecordedRequest,
    text: string,
  ): Promise<Answer> {
    const { method, path } = record;
    const token = request.headers["x-auth-token"]?.toString();
    if (/^\/identity(\/|$)/.test(path)) {
      const subjectToken = request.headers["x-subject-token"]?.toString();
      const reply = identityApi.answer({
        method,
        path: path.slice("/identity".length),
        body: record.body,
        token,
        subjectToken,
      });
      record.user ??= identities.session(reply.headers?.["X-Subject-Token"])?.user.name ?? null;
      return reply;
    }
    const [networkBase] = /^(?:\/[^/]+)?\/network(?=\/|$)/.exec(path) ?? [];
    if (networkBase === undefined) {
      return nothingHere;
    }
    const networkPath = path.slice(networkBase.length);
    if (networkPath === "" || networkPath === "/") {
      const links = [{ rel: "self", href: `${endpoint()}/v2.0/` }];
      return { status: 200, body: { versions: [{ id: "v2.0", status: "CURRENT", links }] } };
    }
    if (!/^\/v2\.0(\/|$)/.test(networkPath)) {
      return nothingHere;
    }
    const session = identities.session(token);
    if (!session && !noauth) {
      return unauthorized(identityUrl());
    }
    const caller = session ? callerOf(session) : noauthCaller;
    const query = new URLSearchParams(record.query);
    return networkApi.answer({ method, path: networkPath, query, text, caller });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = "", ...query] = (request.url ?? "").split("?");
    const text = await textOf(request);
    const record: RecordedRequest = {
      method: request.method ?? "",
      path,
      query: query.join("?"),
      body: parsed(text),
      status: 0,
      user: identities.session(request.headers["x-auth-token"]?.toString())?.user.name ?? null,
      at: Date.now(),
    };
    requests.push(record);
    const fault = faults.find((each) => each.takes(record));
    const scripted = fault?.rule.answer;
    await fault?.rule.onRequest?.(record);
    if (scripted === "reset-before") {
      request.socket.destroy();
      return;
    }
    if (scripted === "silence-before") {
      return;
    }
    if (scripted === "hold-until-released") {
      await fault?.released();
    }
    const usual = typeof scripted === "object" ? scripted : await answer(request, record, text);
    const reply = typeof scripted === "function" ? await scripted(usual, record) : usual;
    if (scripted === "hold-after") {
      await fault?.released();
    }
    if (behavior.latencyMs > 0) {
      await delay(behavior.latencyMs, undefined, { signal: ended.signal });
    }
    if (scripted === "reset-after") {
      request.socket.destroy();
    } else if (scripted !== "silence") {
      record.status = reply.status;
      send(response, reply, {
        now: new Date(Date.now() + clockAheadMs),
        isCut: scripted === "cut",
        isLast: !server.listening,
      });
    }
  }

  const server = createServer((request, response) => {
    inFlight.now += 1;
    inFlight.most = Math.max(inFlight.most, inFlight.now);
    response.once("close", () => (inFlight.now -= 1));
    // Fails only if the client has closed the socket or the simulator ends.
    serve(request, response).catch(() => request.socket.destroy());
  });
  const root = await listen(server, options.port ?? 0);

  return {
    endpoint: endpoint(),
    identityUrl: identityUrl(),
    requests,
    inFlight,
    behavior,
    fixture,
    applicationCredential: initialCredential,
    script(rule) {
      const fault = new Fault(rule);
      faults.push(fault);
      return fault;
    },
    revokeTokens: () => identities.revoke(),
    goAway() {
      const { port } = server.address() as AddressInfo;
      server.close();
      return async () => {
        await listen(server, port);
      };
    },
    async stop() {
      ended.abort();
      faults.forEach((fault) => fault.release());
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
