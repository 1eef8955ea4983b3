import { subnetNetworks } from "../../../provider/handlers/subnetNetworks";
import { Runtime } from "../../../provider/runtime";
import { aCloud } from "../support/givenContext";

function setUpRuntime() {
  const { context } = aCloud("VpnService", {});
  const client = { subnetCidr: (id: string) => Promise.resolve(`10.${id}.0.0/24`) };
  const runtime = new Runtime({ stack: () => undefined, env: {}, project: "network" });
  const opened = jest
    .spyOn(runtime, "context")
    .mockResolvedValue({ ...context, client: client as never });
  return { runtime, opened };
}

it("subnetNetworks: reads each subnet, in their order, from the given cloud", async () => {
  const { runtime, opened } = setUpRuntime();
  const args = { subnetIds: ["2", "1"], cloud: "east" };
  expect(await subnetNetworks(runtime, args)).toEqual(["10.2.0.0/24", "10.1.0.0/24"]);
  expect(opened.mock.calls[0]?.[1]).toEqual([args]);
});

it("subnetNetworks: refuses a VPN service without a subnet before it logs in", async () => {
  const { runtime, opened } = setUpRuntime();
  const promise = subnetNetworks(runtime, { subnetIds: [undefined] });
  await expect(promise).rejects.toThrow(/no subnet.*subnetIds or networks/);
  expect(opened).not.toHaveBeenCalled();
});
