import type { IncomingHttpHeaders } from "node:http";
import { unauthorized } from "./faultBodies";
import type { Identities, Session } from "./identities";
import type { IdentityApi } from "./keystone";
import type { NetworkApi } from "./neutron";
import type { Caller } from "./rows";
import type { Answer, RecordedRequest } from "./types";

/** The caller of every request if authentication is disabled. */
export const noauthCaller: Caller = {
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

/** The APIs behind one front end. */
export interface Apis {
  readonly identities: Identities;
  readonly identity: IdentityApi;
  readonly network: NetworkApi;
  /** Whether authentication is disabled. */
  readonly noauth: boolean;
  readonly endpoint: () => string;
  readonly identityUrl: () => string;
}

/** Routes requests to the identity API and, with their caller, to the network API. */
export class FrontEnd {
  constructor(private readonly apis: Apis) {}

  /** Answers a request with that body; records the user of a login. */
  async answer(
    record: RecordedRequest,
    headers: IncomingHttpHeaders,
    text: string,
  ): Promise<Answer> {
    const { method, path } = record;
    const token = headers["x-auth-token"]?.toString();
    if (/^\/identity(\/|$)/.test(path)) {
      const subjectToken = headers["x-subject-token"]?.toString();
      const reply = this.apis.identity.answer({
        method,
        path: path.slice("/identity".length),
        body: record.body,
        token,
        subjectToken,
      });
      record.user ??=
        this.apis.identities.session(reply.headers?.["X-Subject-Token"])?.user.name ?? null;
      return reply;
    }
    const [networkBase] = /^(?:\/[^/]+)?\/network(?=\/|$)/.exec(path) ?? [];
    if (networkBase === undefined) {
      return nothingHere;
    }
    const networkPath = path.slice(networkBase.length);
    if (networkPath === "" || networkPath === "/") {
      const links = [{ rel: "self", href: `${this.apis.endpoint()}/v2.0/` }];
      return { status: 200, body: { versions: [{ id: "v2.0", status: "CURRENT", links }] } };
    }
    if (!/^\/v2\.0(\/|$)/.test(networkPath)) {
      return nothingHere;
    }
    const session = this.apis.identities.session(token);
    if (!session && !this.apis.noauth) {
      return unauthorized(this.apis.identityUrl());
    }
    const caller = session ? callerOf(session) : noauthCaller;
    const query = new URLSearchParams(record.query);
    return this.apis.network.answer({ method, path: networkPath, query, text, caller });
  }
}
