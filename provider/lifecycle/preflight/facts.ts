import { NotFoundError } from "../../errors";
import type { NeutronClient } from "../../neutron/client";
import { cloudResourceType, type Kind } from "../../schema/resourceType";
import type { Values, WireObject } from "../../values";
import type { Clock } from "../../wait/clock";
import type { OwnershipRegistry } from "../core/ownership";
import { GroupedMap } from "./groupedMap";
import { type Answer, isUnanswered, QuestionCache } from "./question";

export { isUnanswered, type Answer, type Unanswered } from "./question";

/** The roles of a login. */
export interface Roles {
  readonly names: readonly string[];
  /** Every role is a reader role: VPN objects are invisible. */
  readonly isReader: boolean;
}

/**
 * Questions to one cloud, each sent at most once in a run: one list for each VPN collection in use,
 * one GET for each router or subnet. An answer may be as old as the run; {@link refresh}
 * makes the next questions be sent again.
 *
 * Every method throws UnauthorizedError if the login is refused, and nothing else.
 */
export class CloudFacts {
  constructor(
    private readonly client: NeutronClient,
    private readonly clock: Clock,
    private readonly ownership: Pick<OwnershipRegistry, "isHeld">,
    private readonly questions = new QuestionCache(clock),
  ) {}

  /** The same answers for rules about a resource that holds other objects. */
  forOwner(ownership: Pick<OwnershipRegistry, "isHeld">): CloudFacts {
    return new CloudFacts(this.client, this.clock, ownership, this.questions);
  }

  /** The network endpoint, without version. */
  get endpoint(): string {
    return this.client.endpoint;
  }

  /** Lets every question be sent again, since a finding must not rest on an old answer. */
  refresh(): void {
    this.questions.refresh();
  }

  /** All visible objects of a VPN collection, by id. */
  all(kind: Kind): Promise<Answer<GroupedMap<WireObject>>> {
    const { path } = cloudResourceType(kind);
    return this.ask(path, `the ${path} of this cloud`, async (client) => {
      const objects = await client.list(cloudResourceType(kind));
      return new GroupedMap(objects.map((one) => [one.id, one]));
    });
  }

  /**
   * An object of the VPN API; undefined if this login cannot see one with that id. An id that the
   * list lacks is read by itself, since this run may have created the object after the list.
   */
  async object(kind: Kind, id: string): Promise<Answer<WireObject | undefined>> {
    const listed = await this.all(kind);
    if (isUnanswered(listed)) return listed;
    const value = listed.value.get(id.toLowerCase()) ?? listed.value.get(id);
    if (value !== undefined) return { value };
    const type = cloudResourceType(kind);
    const read = (client: NeutronClient) =>
      client.get(type, id).catch((error: unknown) => {
        if (!NotFoundError.isInstance(error)) throw error;
        return undefined;
      });
    return this.ask(type.path, `the ${type.path} of this cloud`, read, `${type.path} ${id}`);
  }

  /** Whether a resource of this run holds the object. */
  isHeld(id: string): boolean {
    return this.ownership.isHeld(id);
  }

  /** A router as Neutron shows it; undefined if this login cannot see one with that id. */
  router(id: string): Promise<Answer<Values | undefined>> {
    return this.item("router", id);
  }

  /** A subnet as Neutron shows it; undefined if this login cannot see one with that id. */
  subnet(id: string): Promise<Answer<Values | undefined>> {
    return this.item("subnet", id);
  }

  /** The ids of the subnets that the ports of a router are on, its gateway's included. */
  routerSubnets(id: string): Promise<Answer<ReadonlySet<string>>> {
    const at = `/v2.0/ports?device_id=${encodeURIComponent(id)}&fields=device_id&fields=fixed_ips`;
    const list = async (client: NeutronClient) => {
      const ports = rowsIn(await client.document(at, `list the ports of router ${id}`), "ports");
      const own = ports.filter((port) => port["device_id"] === id);
      const addresses = own.flatMap(({ fixed_ips }) => (fixed_ips as Values[] | undefined) ?? []);
      return new Set(addresses.map(({ subnet_id }) => String(subnet_id)));
    };
    return this.ask("ports", "the ports of this cloud's routers", list, at);
  }

  /** The aliases of the cloud's extensions. */
  extensions(): Promise<Answer<ReadonlySet<string>>> {
    const at = "/v2.0/extensions";
    return this.ask("extensions", "the extensions of this cloud", async (client) => {
      const rows = rowsIn(await client.document(at, "list the extensions"), "extensions");
      return new Set(rows.map(({ alias }) => String(alias)));
    });
  }

  /** The roles of this login; none if they are not known. */
  roles(): Promise<Answer<Roles>> {
    return this.ask("roles", "the roles of this login", async (client) => {
      const names = await client.roles();
      const isReader = names.length > 0 && names.every((name) => /(?:^|[_-])reader$/i.test(name));
      return { names, isReader };
    });
  }

  /** The quota of the login's project, used and free, by the name of the type in the API. */
  quota(): Promise<Answer<Values>> {
    return this.ask("quota", "the quota of this project", async (client) => {
      const project = await client.projectId();
      const at = `/v2.0/quotas/${encodeURIComponent(project ?? "tenant")}/details`;
      const body = (await client.document(at, "read the quota")) as Values | null;
      return (body?.["quota"] ?? {}) as Values;
    });
  }

  private item(name: "router" | "subnet", id: string) {
    const at = `/v2.0/${name}s/${encodeURIComponent(id)}`;
    const read = async (client: NeutronClient): Promise<Values | undefined> => {
      try {
        const body = (await client.document(at, `read ${name} ${id}`)) as Values | null;
        return body?.[name] as Values | undefined;
      } catch (error) {
        // Any other 404 may come from a proxy, or from a cloud without this API.
        const type = NotFoundError.isInstance(error) ? error.refusal.faultType : undefined;
        if (type?.toLowerCase() === `${name}notfound`) return undefined;
        throw error;
      }
    };
    return this.ask(`${name}s`, `the ${name}s of this cloud`, read, at);
  }

  /** `key` distinguishes the requests of one question. */
  private ask<T>(
    question: string,
    subject: string,
    send: (client: NeutronClient) => Promise<T>,
    key = question,
  ): Promise<Answer<T>> {
    return this.questions.ask(key, { question, subject }, (deadline) =>
      send(this.client.within(deadline)),
    );
  }
}

/** The rows of a list in a response; none if the response has another form. */
function rowsIn(body: unknown, name: string): readonly Values[] {
  const rows = (body as Values | null | undefined)?.[name];
  return Array.isArray(rows) ? (rows as readonly Values[]) : [];
}
