import type { RunResult } from "../tests/support/harness/child";
import { ALL_KINDS, KINDS, type Kind } from "../tests/support/harness/kinds";
import { peersOf, PSK } from "./peers";
import type { BenchServer } from "./servers";
import { sideBySide } from "./sideBySide";
import type { Tool } from "./tool";

/**
 * The least that has to be sent, by a loop with as many requests in flight as the engine has slots: a POST, PUT or
 * DELETE for each object, and for reading one list of each collection. No tool with the same
 * result and as many requests in flight can be much faster.
 */
export function bareOn({ cloud, size }: BenchServer): Promise<Tool> {
  const { api, fixture } = cloud;
  const made: { kind: Kind; id: string }[] = [];
  const make = async (kind: Kind, body: object): Promise<string> => {
    const { path, key } = KINDS[kind];
    const { id } = await api.post(path, { [key]: { name: kind, ...body } });
    made.push({ kind, id });
    return id;
  };
  const create = async (): Promise<void> => {
    const group = (type: string, endpoint: string) =>
      make("EndpointGroup", { type, endpoints: [endpoint] });
    const [service, ike, ipsec, local] = await Promise.all([
      make("VpnService", { router_id: fixture.routerId }),
      make("IkePolicy", {}),
      make("IpsecPolicy", {}),
      group("subnet", fixture.subnetId),
    ]);
    await sideBySide(peersOf(size), async ({ address, cidr }) => {
      await make("IpsecSiteConnection", {
        vpnservice_id: service,
        ikepolicy_id: ike,
        ipsecpolicy_id: ipsec,
        local_ep_group_id: local,
        peer_ep_group_id: await group("cidr", cidr),
        peer_address: address,
        peer_id: address,
        psk: PSK,
      });
    });
  };
  const connections = () => made.filter(({ kind }) => kind === "IpsecSiteConnection");
  const change = (description: string) => {
    const { path, key } = KINDS.IpsecSiteConnection;
    return sideBySide(connections(), ({ id }) =>
      api.put(`${path}/${id}`, { [key]: { description } }),
    );
  };
  return Promise.resolve({
    commands: {
      create: () => timed(create),
      refresh: () => timed(() => sideBySide(ALL_KINDS, (kind) => api.list(KINDS[kind].path))),
      destroy: () =>
        timed(async () => {
          const others = made.filter(({ kind }) => kind !== "IpsecSiteConnection");
          for (const some of [connections(), others]) {
            await sideBySide(some, ({ kind, id }) => api.delete(`${KINDS[kind].path}/${id}`));
          }
        }),
      change: (description) => timed(() => change(description)),
    },
    dispose: () => Promise.resolve(),
  });
}

/** Measures a run like that of a command line. */
async function timed(run: () => Promise<unknown>): Promise<RunResult> {
  const begin = performance.now();
  const text = await run().then(
    () => "",
    (error: unknown) => String(error),
  );
  const seconds = (performance.now() - begin) / 1_000;
  return { code: text === "" ? 0 : 1, signal: null, stdout: "", stderr: text, text, seconds };
}
