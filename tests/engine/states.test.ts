import { simulatedCloud, type Cloud } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { ResourceStack } from "../support/harness/resources";
import { place, type Placement } from "../fixtures/states/fixtureResources";
import { family } from "../fixtures/states/programs";

let cloud: Cloud;
let program: ResourceStack;
let placement: Placement;

/** A stack with the state of a fixture, and a cloud with the state's objects. */
async function open(name: string): Promise<void> {
  cloud = await simulatedCloud();
  await cloud.clear();
  const { api, endpoint, fixture } = cloud;
  placement = await place(name, { cloud: api, dialect: "neutron", endpoint, fixture });
  program = await ResourceStack.make(cloud);
  program.write(family(fixture));
  await program.stack.rewriteState(() => placement.text);
}

async function close(): Promise<void> {
  await program.dispose();
  await cloud.stop();
}

/** The state with other outputs of the connection `networks`. */
const withNetworks = (edit: (resource: Record<string, unknown>) => void) => (text: string) => {
  const state = JSON.parse(text) as {
    deployment: { resources: (Record<string, unknown> & { urn: string })[] };
  };
  edit(state.deployment.resources.find(({ urn }) => urn.endsWith("::networks"))!);
  return JSON.stringify(state);
};

describeWithEngine("an older state under the engine", () => {
  afterEach(close);

  it("of this format has no changes, and is updated, refreshed and destroyed", async () => {
    await open("0.1.0");
    await program.stack.preview(["--refresh", "--expect-no-changes"]);

    const { networks, ...others } = family(cloud.fixture);
    const changed = { ...networks!, args: { ...networks!.args, description: "changed" } };
    const puts = await program.changesDuring(() => program.up({ ...others, networks: changed }));
    expect(puts.map(({ body }) => body)).toEqual([
      { ipsec_site_connection: { description: "changed" } },
    ]);
    await program.stack.refresh(["--expect-no-changes"]);
    const [state, shown] = await program.stateAndCloud();
    expect(state).toEqual(shown);

    await program.stack.destroy();
    expect(await cloud.objects()).toEqual({});
  });

  it("without secret marks gets them without a request, and is destroyed", async () => {
    await open("0.1.0-dev-without-marks");
    const requests = await program.changesDuring(() => program.up(family(cloud.fixture)));
    expect(requests).toEqual([]);
    expect((await program.resource("networks")).outputs?.["__secrets"]).toEqual(["description"]);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
    await program.stack.destroy();
    expect(await cloud.objects()).toEqual({});
  });
});

describeWithEngine("an unusable state under the engine", () => {
  beforeAll(() => open("0.1.0"));
  afterAll(close);

  const COMMANDS = [
    ["up", "--skip-preview", "--yes"],
    ["refresh", "--skip-preview", "--yes"],
    ["destroy", "--skip-preview", "--yes"],
  ];
  const refused = async ([verb, ...flags]: string[]) => {
    const args = [verb!, "--stack", "test", "--non-interactive", "--target", URN, ...flags];
    const { text } = await program.stack.run(args, { expect: "failure" });
    return text;
  };
  const URN =
    "urn:pulumi:test::resources::pulumi-nodejs:dynamic/vpnaas:IpsecSiteConnection::networks";

  /** The state's values of the connection, with decrypted secrets. */
  const networks = async () => {
    const { id, inputs, outputs } = (await program.resources())["networks"]!;
    return { id, inputs, outputs };
  };

  it.each(COMMANDS)(
    "of a newer format is refused by %s and stays unchanged",
    async (...command) => {
      const edit = withNetworks(({ outputs }) => Object.assign(outputs as object, { __format: 2 }));
      await program.stack.rewriteState(edit);
      const before = await networks();
      const requests = await program.changesDuring(async () => {
        expect(await refused(command)).toMatch(
          /The state of IpsecSiteConnection test-networks-\w{7} \(.*\) has format 2, and this pulumi-vpnaas \S+ supports formats up to 1/,
        );
      });
      expect(requests).toEqual([]);
      expect(await networks()).toEqual(before);
    },
  );

  it("with damage is refused by up, repaired by refresh, and has no changes afterwards", async () => {
    await program.stack.rewriteState(
      withNetworks(({ outputs }) =>
        Object.assign(outputs as object, { __format: 1, vpnServiceId: null, peerCidrs: "none" }),
      ),
    );
    const text = await refused(["up", "--skip-preview", "--yes"]);
    expect(text).toMatch("is damaged: `vpnServiceId` is missing.");
    await program.stack.refresh();
    await program.stack.preview(["--expect-no-changes"]);
  });
});
