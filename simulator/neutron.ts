import type { Attributes } from "./attributes";
import type { ApiRequest, Cloud } from "./cloud";
import { networkKinds, vpnCollections, type VpnCollection } from "./collections";
import { describeExtension } from "./extensions";
import { ApiFault, internalError, methodNotAllowed, noSuchPath, untypedBody } from "./faultBodies";
import { answerList, pickFields } from "./lists";
import { isVisible, type Kind, type Row, type VpnKind } from "./rows";
import { answerQuotas } from "./quotaApi";
import type { Answer } from "./types";
import { toBoolean } from "./values";
import { VpnCollectionApi } from "./vpnCollection";

/** The attributes by which networks, subnets, routers and ports can be filtered and sorted. */
const networkAttributes: Attributes = {
  ...Object.fromEntries(
    [
      "id",
      "tenant_id",
      "name",
      "description",
      "status",
      "network_id",
      "cidr",
      "ip_version",
      "device_id",
      "device_owner",
    ].map((name) => [name, { sortable: true as const }]),
  ),
  "router:external": { convert: toBoolean },
};

/** The collections of the cloud's dialect and extensions, by the last segment of their path. */
function vpnApis(cloud: Cloud): Map<string, VpnCollectionApi<VpnKind>> {
  const kinds = (Object.keys(vpnCollections) as VpnKind[]).filter((kind) =>
    cloud.extensions.includes(kind === "endpoint_group" ? "vpn-endpoint-groups" : "vpnaas"),
  );
  return new Map(
    kinds.flatMap((kind) => {
      const collection = vpnCollections[kind] as VpnCollection<VpnKind>;
      const attributes = cloud.dialect.attributes[kind];
      return attributes
        ? [[collection.path, new VpnCollectionApi(cloud, kind, collection, attributes)] as const]
        : [];
    }),
  );
}

/** The network API of one simulated cloud. */
export class NetworkApi {
  private readonly vpn: Map<string, VpnCollectionApi<VpnKind>>;

  constructor(private readonly cloud: Cloud) {
    this.vpn = vpnApis(cloud);
  }

  /** Answers every request, including invalid ones. Never throws. */
  async answer(request: ApiRequest): Promise<Answer> {
    try {
      this.cloud.agent.catchUp();
      return await this.route(request);
    } catch (error) {
      const fault = error instanceof ApiFault ? error : internalError();
      return { status: fault.status, body: this.cloud.dialect.faultBody(fault) };
    }
  }

  private route(request: ApiRequest): Answer | Promise<Answer> {
    const path = request.path.replace(/\.json$/, "").replace(/\/$/, "");
    const [, version, first = "", second, third, ...rest] = path.split("/");
    if (version !== "v2.0" || rest.length > 0) {
      throw noSuchPath();
    }
    const vpnApi = first === "vpn" ? this.vpn.get(second ?? "") : undefined;
    if (vpnApi) {
      return vpnApi.answer(request, third);
    }
    if (first === "quotas") {
      return answerQuotas(request, this.cloud, second, third);
    }
    const kind = networkKinds[first];
    if (third !== undefined || !(kind || first === "extensions")) {
      throw noSuchPath();
    }
    if (request.method !== "GET") {
      throw methodNotAllowed();
    }
    return kind ? this.networkKind(kind, second, request) : this.extensions(second);
  }

  private networkKind(
    kind: Exclude<Kind, VpnKind>,
    id: string | undefined,
    request: ApiRequest,
  ): Answer {
    const { caller, query } = request;
    const { store, dialect } = this.cloud;
    const visible = (row: Row): boolean =>
      isVisible(caller, row) || row["router:external"] === true;
    if (id === undefined) {
      const rows: Row[] = store.all(kind).filter(visible);
      return answerList(`${kind}s`, rows, networkAttributes, request, this.cloud);
    }
    const row = store.get(kind, id);
    const shown = row && visible(row) ? row : store.find(kind, id, caller);
    return { status: 200, body: { [kind]: pickFields(dialect.show(shown), query) } };
  }

  private extensions(alias: string | undefined): Answer {
    const { extensions } = this.cloud;
    if (alias === undefined) {
      return { status: 200, body: { extensions: extensions.map(describeExtension) } };
    }
    if (!extensions.includes(alias)) {
      const message = `The resource could not be found.<br /><br />\nExtension with alias ${alias} does not exist\n\n`;
      return { status: 404, body: untypedBody(new ApiFault(404, "", message)) };
    }
    return { status: 200, body: { extension: describeExtension(alias) } };
  }
}
