import { NotFoundError } from "../errors";
import type { Answer } from "../http/transport";
import type { Secrets } from "../http/secrets";
import type { Api } from "./api";
import type { Call, OperationLimits } from "./requestSender";
import { unexpectedResponseError } from "./responseObjects";

/**
 * The network API of one cloud, without VPN objects: its login, extensions and subnets. All calls are
 * GETs, which are retried after transient errors; they throw ApiError and TransportError.
 */
export class NetworkClient {
  protected constructor(
    protected readonly api: Api,
    protected readonly limits: OperationLimits,
  ) {}

  /** The network endpoint, without version. */
  get endpoint(): string {
    return this.api.sender.endpoint;
  }

  /** All secrets that were sent, received or configured, to redact them from messages. */
  get secrets(): Secrets {
    return this.api.secrets;
  }

  /**
   * The body of the response to a GET of another part of the network API, such as
   * `/v2.0/routers/1f2e3d4c`. `intent` follows "Could not": `read router 1f2e3d4c`.
   */
  async document(at: string, intent: string): Promise<unknown> {
    return (await this.ask({ method: "GET", at, intent })).body;
  }

  /** The names of the login's roles; empty without Keystone. */
  async roles(): Promise<readonly string[]> {
    const about = await this.api.session.about();
    return (about?.roles ?? []).flatMap(({ name }) => name ?? []);
  }

  /** Whether the cloud has an extension, by its alias, such as `vpnaas`. */
  async hasExtension(alias: string): Promise<boolean> {
    try {
      const intent = `read the extension ${alias}`;
      await this.ask({ method: "GET", at: `/v2.0/extensions/${alias}`, intent });
      return true;
    } catch (error) {
      if (!NotFoundError.isInstance(error)) throw error;
      return false;
    }
  }

  /**
   * The project of this login: Keystone's value; without Keystone, Neutron's (its quota API returns
   * the caller's project); if that API is missing, the configured one. Undefined if none of them is
   * known.
   */
  async projectId(): Promise<string | undefined> {
    const known = await this.api.sender.project(this.limits);
    if (known !== undefined) return known;
    try {
      const intent = "read the login's project";
      const answer = await this.ask({ method: "GET", at: "/v2.0/quotas/tenant", intent });
      const body = answer.body as { tenant?: { tenant_id?: unknown } | null } | null | undefined;
      const id = body?.tenant?.tenant_id;
      return typeof id === "string" ? id : this.api.session.claimedProjectId;
    } catch (error) {
      if (!NotFoundError.isInstance(error)) throw error;
      return this.api.session.claimedProjectId;
    }
  }

  /**
   * The network of a subnet, as `<network>/<prefix>`: the VPN API knows only its id.
   * @throws ApiError and TransportError, as every call
   */
  async subnetCidr(id: string): Promise<string> {
    const intent = `read the subnet ${id}`;
    const at = `/v2.0/subnets/${encodeURIComponent(id)}`;
    const body = await this.document(at, intent);
    const subnet = (body as { subnet?: { cidr?: unknown } | null } | null | undefined)?.subnet;
    if (typeof subnet?.cidr === "string") return subnet.cidr;
    throw unexpectedResponseError(intent, 'it has no object "subnet" with a `cidr`');
  }

  protected ask(call: Call): Promise<Answer> {
    const { api, limits } = this;
    return api.retry(call.method, limits, () => api.sender.send(call, limits));
  }
}
