import { LookupError, UnavailableError, VpnaasError } from "../../../../provider/errors";
import { findAdoptable, previewAdoption } from "../../../../provider/lifecycle/adoption/adoptInput";
import { autoName } from "../../../../provider/model/autoName";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { OTHER_ID } from "../../support/builders";
import { aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aCloud, aUser } from "../../support/givenContext";

const PLACE = { project: "network", stack: "dev", resource: "office" };

/** A cloud that has the usual object of a kind, and what a program gives that adopts it. */
function adopting(kind: Kind, changes: Values = {}, wire: Values = {}, users: Values[] = []) {
  const there = aWire(kind, wire);
  const IpsecSiteConnection = users.map((one) => aUser(one));
  const cloud = aCloud(kind, { IpsecSiteConnection, [kind]: [there] });
  const inputs = checkedInputs(kind, { adopt: there.id, ...changes });
  return { there, inputs, ...cloud };
}

/** The name that Pulumi makes where the program gives none. */
function unnamed(kind: Kind, changes: Values = {}): string {
  return autoName(resourceOf(kind).definition, PLACE, checkedInputs(kind, changes));
}

describe("what is adopted", () => {
  it.each<Kind>(["VpnService", "IkePolicy", "IpsecPolicy", "EndpointGroup", "IpsecSiteConnection"])(
    "is a %s with that id",
    async (kind) => {
      const { context, inputs, there } = adopting(kind);
      expect(await findAdoptable(context, inputs)).toMatchObject({ id: there.id });
    },
  );

  it("is the object of that name", async () => {
    const { context, inputs, there } = adopting("IkePolicy", { adopt: "office" });
    expect(await findAdoptable(context, inputs)).toMatchObject({ id: there.id });
  });

  it.each<[string, Values]>([
    ["no adopt is given", { adopt: undefined }],
    ["it is not known yet", { adopt: UNKNOWN }],
  ])("is nothing where %s", async (_what, changes) => {
    const { context, inputs } = adopting("IkePolicy", changes);
    expect(await findAdoptable(context, inputs)).toBeUndefined();
  });

  it("is nothing for the replacement of what was adopted", async () => {
    const { context, inputs } = adopting("IkePolicy");
    context.ownership.markReplaced(context.resource.definition, inputs);
    expect(await findAdoptable(context, inputs)).toBeUndefined();
  });

  it("is never what another resource of the stack holds", async () => {
    const { context, inputs, there } = adopting("IkePolicy");
    context.ownership.hold(there.id);
    await expect(findAdoptable(context, inputs)).rejects.toThrow(
      `IkePolicy office (${there.id}) cannot be adopted: another resource of this stack holds it.`,
    );
  });

  it("has to be there", async () => {
    const { context, inputs } = adopting("IkePolicy", { adopt: OTHER_ID });
    await expect(findAdoptable(context, inputs)).rejects.toThrow(LookupError);
  });
});

describe("what no request can change", () => {
  it.each<[Kind, Values, string]>([
    ["VpnService", { routerId: OTHER_ID }, "routerId"],
    ["VpnService", { subnetId: OTHER_ID }, "subnetId"],
    ["EndpointGroup", { endpoints: ["10.9.0.0/24"] }, "endpoints"],
    ["IpsecSiteConnection", { vpnServiceId: OTHER_ID }, "vpnServiceId"],
    ["IpsecSiteConnection", { ikePolicyId: OTHER_ID }, "ikePolicyId"],
    ["IkePolicy", { projectId: "another" }, "projectId"],
  ])("keeps a %s from being adopted where it differs: %j", async (kind, changes, name) => {
    const { context, inputs } = adopting(kind, changes);
    const adoption = findAdoptable(context, inputs);
    await expect(adoption).rejects.toThrow(VpnaasError);
    await expect(adoption).rejects.toThrow(
      new RegExp(
        `cannot be adopted: these properties cannot be changed after creation: ${name} \\(existing: `,
      ),
    );
  });

  it("keeps a service without a subnet from being adopted as one with a subnet", async () => {
    const { context, inputs } = adopting("VpnService", {}, { subnet_id: null });
    await expect(findAdoptable(context, inputs)).rejects.toThrow(
      /after creation: .*subnetId \(existing: null\)/,
    );
  });

  it("lets one pass where only the writing differs", async () => {
    const { context, inputs, there } = adopting("EndpointGroup", {
      endpoints: ["10.3.0.0/24", "10.2.0.9/24"],
    });
    expect(await findAdoptable(context, inputs)).toMatchObject({ id: there.id });
  });

  it("lets one pass that is not known yet", async () => {
    const { context, inputs, there } = adopting("VpnService", { routerId: UNKNOWN });
    expect(await findAdoptable(context, inputs)).toMatchObject({ id: there.id });
  });
});

describe("the preview of an adoption", () => {
  it("says that the object stays as it is", async () => {
    const { context, inputs, there } = adopting("IkePolicy");
    expect(await previewAdoption(context, inputs)).toBe(
      `IkePolicy office (${there.id}) will be adopted unchanged.`,
    );
  });

  it("says what would be changed, and what is there", async () => {
    const changes = { description: "ours", lifetime: { value: 7200 } };
    const { context, inputs, there } = adopting("IkePolicy", changes);
    expect(await previewAdoption(context, inputs)).toBe(
      `IkePolicy office (${there.id}) will be adopted and changed: description (existing: ""), ` +
        'lifetime (existing: {"units":"seconds","value":3600}).',
    );
  });

  it("says of a psk that it differs, and hides both", async () => {
    const { context, inputs } = adopting("IpsecSiteConnection", { psk: "another key" });
    const line = await previewAdoption(context, inputs);
    expect(line).toMatch(/changed: psk \(hidden\)\.$/);
    expect(line).not.toMatch(/another key|correct horse/);
  });

  it("says that a host name is sent, since the cloud shows only an address", async () => {
    const { context, inputs } = adopting("IpsecSiteConnection", { peerAddress: "vpn.example.org" });
    expect(await previewAdoption(context, inputs)).toMatch(
      /changed: peerAddress \(existing: "203\.0\.113\.7"\)/,
    );
  });

  it("repeats nothing that the program wants, since it may be secret", async () => {
    const { context, inputs } = adopting("IkePolicy", { description: "a canary" });
    expect(await previewAdoption(context, inputs)).not.toContain("canary");
  });

  it("leaves the name as it is where the program gives none", async () => {
    const { context, inputs } = adopting("IkePolicy", { name: unnamed("IkePolicy") });
    expect(await previewAdoption(context, inputs)).toMatch(/adopted unchanged\.$/);
  });

  it("says that a name of the program is given to the object", async () => {
    const { context, inputs } = adopting("IkePolicy", { name: "ours" });
    expect(await previewAdoption(context, inputs)).toMatch(/changed: name \(existing: "office"\)/);
  });

  it("says nothing of values that are not known yet", async () => {
    const { context, inputs } = adopting("IkePolicy", { description: UNKNOWN });
    expect(await previewAdoption(context, inputs)).toMatch(/adopted unchanged\.$/);
  });

  it("says nothing where nothing is adopted", async () => {
    const { context, inputs } = adopting("IkePolicy", { adopt: undefined });
    expect(await previewAdoption(context, inputs)).toBeUndefined();
  });

  it("fails for a used policy that would have to be changed, and names its users", async () => {
    const users = [{ ikepolicy_id: aWire("IkePolicy").id }];
    const { context, inputs } = adopting("IkePolicy", { pfs: "group31" }, {}, users);
    await expect(previewAdoption(context, inputs)).rejects.toThrow(
      /cannot be adopted: it differs in pfs \(existing: "group14"\), and cannot be changed: it is in use by IpsecSiteConnection a \(a-id\)\. Set these properties in the program to the existing values\./,
    );
  });

  it("takes a used policy that need not be changed", async () => {
    const users = [{ ikepolicy_id: aWire("IkePolicy").id }];
    const { context, inputs } = adopting("IkePolicy", {}, {}, users);
    expect(await previewAdoption(context, inputs)).toMatch(/adopted unchanged\.$/);
  });

  it("sends nothing", async () => {
    const { context, inputs, requests } = adopting("IkePolicy", { description: "ours" });
    await previewAdoption(context, inputs);
    expect(requests).toEqual([]);
  });
});

it("says of what is not there how to have one made", async () => {
  const { context } = aCloud("IkePolicy");
  const adopting = findAdoptable(context, checkedInputs("IkePolicy", { adopt: "nobody" }));
  await expect(adopting).rejects.toThrow(LookupError);
  await expect(adopting).rejects.toThrow(
    /^There is no IkePolicy with id or name "nobody" .* Remove `adopt` to create one\.$/,
  );
});

it("does not take a cloud that cannot be asked for one that has nothing to adopt", async () => {
  const down = new UnavailableError("down", { status: 503, method: "GET", path: "/" });
  const { context } = aCloud("IkePolicy", {}, () => ({ list: () => Promise.reject(down) }));
  const inputs = checkedInputs("IkePolicy", { adopt: "theirs" });
  await expect(findAdoptable(context, inputs)).rejects.toBe(down);
});

it("previews the adoption of one object by one resource, however often, and by no other one", async () => {
  const { context, inputs, there } = adopting("IkePolicy");
  const line = `IkePolicy office (${there.id}) will be adopted unchanged.`;
  expect(await previewAdoption(context, inputs)).toBe(line);
  expect(await previewAdoption(context, inputs)).toBe(line);
  const other = { ...inputs, name: "branch" };
  await expect(previewAdoption(context, other)).rejects.toThrow(
    `IkePolicy office (${there.id}) cannot be adopted: another resource of this stack holds it.`,
  );
});

it("cautions where the name of what is adopted looks like another stack's default name", async () => {
  const { context, inputs } = adopting("IkePolicy", {}, { name: "prod-office-0123abc" });
  expect(await previewAdoption(context, inputs)).toMatch(
    /will be adopted and changed: name .*\. Its name looks like an auto-name of this package\. If another stack holds it, run `pulumi state delete <urn>` there/,
  );
});
