import { LookupError, UnavailableError, VpnaasError } from "../../../../provider/errors";
import { findAdoptable, previewAdoption } from "../../../../provider/lifecycle/adoption/adoptInput";
import { autoName } from "../../../../provider/model/autoName";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { OTHER_ID } from "../../support/builders";
import { aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aCloud, aUser } from "../../support/givenContext";

const PLACE = { project: "network", stack: "dev", resource: "office" };

/** A cloud with the usual object of a type, and the inputs of a program that adopts it. */
function adopting(kind: Kind, changes: Values = {}, wire: Values = {}, users: Values[] = []) {
  const there = aWire(kind, wire);
  const IpsecSiteConnection = users.map((one) => aUser(one));
  const cloud = aCloud(kind, { IpsecSiteConnection, [kind]: [there] });
  const inputs = checkedInputs(kind, { adopt: there.id, ...changes });
  return { there, inputs, ...cloud };
}

/** The auto-name of a resource without a name in the program. */
function unnamed(kind: Kind, changes: Values = {}): string {
  return autoName(resourceOf(kind).definition, PLACE, checkedInputs(kind, changes));
}

describe("the object of the input adopt", () => {
  it.each<Kind>(["VpnService", "IkePolicy", "IpsecPolicy", "EndpointGroup", "IpsecSiteConnection"])(
    "is found by its id: %s",
    async (kind) => {
      const { context, inputs, there } = adopting(kind);
      expect(await findAdoptable(context, inputs)).toMatchObject({ id: there.id });
    },
  );

  it("is found by its name", async () => {
    const { context, inputs, there } = adopting("IkePolicy", { adopt: "office" });
    expect(await findAdoptable(context, inputs)).toMatchObject({ id: there.id });
  });

  it.each<[string, Values]>([
    ["no adopt is given", { adopt: undefined }],
    ["adopt is unknown", { adopt: UNKNOWN }],
  ])("is undefined if %s", async (_what, changes) => {
    const { context, inputs } = adopting("IkePolicy", changes);
    expect(await findAdoptable(context, inputs)).toBeUndefined();
  });

  it("is undefined for the replacement of an adopted object", async () => {
    const { context, inputs } = adopting("IkePolicy");
    context.ownership.markReplaced(context.resource.definition, inputs);
    expect(await findAdoptable(context, inputs)).toBeUndefined();
  });

  it("is never an object of another resource of the stack", async () => {
    const { context, inputs, there } = adopting("IkePolicy");
    context.ownership.hold(there.id);
    await expect(findAdoptable(context, inputs)).rejects.toThrow(
      `IkePolicy office (${there.id}) cannot be adopted: another resource of this stack holds it.`,
    );
  });

  it("must exist", async () => {
    const { context, inputs } = adopting("IkePolicy", { adopt: OTHER_ID });
    await expect(findAdoptable(context, inputs)).rejects.toThrow(LookupError);
  });
});

describe("a difference in an immutable property", () => {
  it.each<[Kind, Values, string]>([
    ["VpnService", { routerId: OTHER_ID }, "routerId"],
    ["VpnService", { subnetId: OTHER_ID }, "subnetId"],
    ["EndpointGroup", { endpoints: ["10.9.0.0/24"] }, "endpoints"],
    ["IpsecSiteConnection", { vpnServiceId: OTHER_ID }, "vpnServiceId"],
    ["IpsecSiteConnection", { ikePolicyId: OTHER_ID }, "ikePolicyId"],
    ["IkePolicy", { projectId: "another" }, "projectId"],
  ])("prevents the adoption of a %s: %j", async (kind, changes, name) => {
    const { context, inputs } = adopting(kind, changes);
    const adoption = findAdoptable(context, inputs);
    await expect(adoption).rejects.toThrow(VpnaasError);
    await expect(adoption).rejects.toThrow(
      new RegExp(
        `cannot be adopted: these properties cannot be changed after creation: ${name} \\(existing: `,
      ),
    );
  });

  it("prevents the adoption of a service without a subnet as one with a subnet", async () => {
    const { context, inputs } = adopting("VpnService", {}, { subnet_id: null });
    await expect(findAdoptable(context, inputs)).rejects.toThrow(
      /after creation: .*subnetId \(existing: null\)/,
    );
  });

  it("is ignored if only the notation differs", async () => {
    const { context, inputs, there } = adopting("EndpointGroup", {
      endpoints: ["10.3.0.0/24", "10.2.0.9/24"],
    });
    expect(await findAdoptable(context, inputs)).toMatchObject({ id: there.id });
  });

  it("is ignored while the desired value is unknown", async () => {
    const { context, inputs, there } = adopting("VpnService", { routerId: UNKNOWN });
    expect(await findAdoptable(context, inputs)).toMatchObject({ id: there.id });
  });
});

describe("the preview of an adoption", () => {
  it("reports that the object stays unchanged", async () => {
    const { context, inputs, there } = adopting("IkePolicy");
    expect(await previewAdoption(context, inputs)).toBe(
      `IkePolicy office (${there.id}) will be adopted unchanged.`,
    );
  });

  it("reports the changes with the existing values", async () => {
    const changes = { description: "ours", lifetime: { value: 7200 } };
    const { context, inputs, there } = adopting("IkePolicy", changes);
    expect(await previewAdoption(context, inputs)).toBe(
      `IkePolicy office (${there.id}) will be adopted and changed: description (existing: ""), ` +
        'lifetime (existing: {"units":"seconds","value":3600}).',
    );
  });

  it("reports a different psk and hides both values", async () => {
    const { context, inputs } = adopting("IpsecSiteConnection", { psk: "another key" });
    const line = await previewAdoption(context, inputs);
    expect(line).toMatch(/changed: psk \(hidden\)\.$/);
    expect(line).not.toMatch(/another key|correct horse/);
  });

  it("reports that a host name is sent, because the cloud shows only an address", async () => {
    const { context, inputs } = adopting("IpsecSiteConnection", { peerAddress: "vpn.example.org" });
    expect(await previewAdoption(context, inputs)).toMatch(
      /changed: peerAddress \(existing: "203\.0\.113\.7"\)/,
    );
  });

  it("repeats no desired value, because it may be secret", async () => {
    const { context, inputs } = adopting("IkePolicy", { description: "a canary" });
    expect(await previewAdoption(context, inputs)).not.toContain("canary");
  });

  it("leaves the name unchanged if the program sets none", async () => {
    const { context, inputs } = adopting("IkePolicy", { name: unnamed("IkePolicy") });
    expect(await previewAdoption(context, inputs)).toMatch(/adopted unchanged\.$/);
  });

  it("reports that the object gets the name of the program", async () => {
    const { context, inputs } = adopting("IkePolicy", { name: "ours" });
    expect(await previewAdoption(context, inputs)).toMatch(/changed: name \(existing: "office"\)/);
  });

  it("ignores unknown values", async () => {
    const { context, inputs } = adopting("IkePolicy", { description: UNKNOWN });
    expect(await previewAdoption(context, inputs)).toMatch(/adopted unchanged\.$/);
  });

  it("reports nothing if no object is adopted", async () => {
    const { context, inputs } = adopting("IkePolicy", { adopt: undefined });
    expect(await previewAdoption(context, inputs)).toBeUndefined();
  });

  it("fails for a policy in use that needs a change, and names its dependents", async () => {
    const users = [{ ikepolicy_id: aWire("IkePolicy").id }];
    const { context, inputs } = adopting("IkePolicy", { pfs: "group31" }, {}, users);
    await expect(previewAdoption(context, inputs)).rejects.toThrow(
      /cannot be adopted: it differs in pfs \(existing: "group14"\), and cannot be changed: it is in use by IpsecSiteConnection a \(a-id\)\. Set these properties in the program to the existing values\./,
    );
  });

  it("accepts a policy in use that needs no change", async () => {
    const users = [{ ikepolicy_id: aWire("IkePolicy").id }];
    const { context, inputs } = adopting("IkePolicy", {}, {}, users);
    expect(await previewAdoption(context, inputs)).toMatch(/adopted unchanged\.$/);
  });

  it("sends no change", async () => {
    const { context, inputs, requests } = adopting("IkePolicy", { description: "ours" });
    await previewAdoption(context, inputs);
    expect(requests).toEqual([]);
  });
});

it("the error about a missing object to adopt explains how to create one", async () => {
  const { context } = aCloud("IkePolicy");
  const adopting = findAdoptable(context, checkedInputs("IkePolicy", { adopt: "nobody" }));
  await expect(adopting).rejects.toThrow(LookupError);
  await expect(adopting).rejects.toThrow(
    /^There is no IkePolicy with id or name "nobody" .* Remove `adopt` to create one\.$/,
  );
});

it("an unavailable cloud does not count as a cloud without an object to adopt", async () => {
  const down = new UnavailableError("down", { status: 503, method: "GET", path: "/" });
  const { context } = aCloud("IkePolicy", {}, () => ({ list: () => Promise.reject(down) }));
  const inputs = checkedInputs("IkePolicy", { adopt: "theirs" });
  await expect(findAdoptable(context, inputs)).rejects.toBe(down);
});

it("the preview lets one resource adopt an object, repeatedly, and refuses any other resource", async () => {
  const { context, inputs, there } = adopting("IkePolicy");
  const line = `IkePolicy office (${there.id}) will be adopted unchanged.`;
  expect(await previewAdoption(context, inputs)).toBe(line);
  expect(await previewAdoption(context, inputs)).toBe(line);
  const other = { ...inputs, name: "branch" };
  await expect(previewAdoption(context, other)).rejects.toThrow(
    `IkePolicy office (${there.id}) cannot be adopted: another resource of this stack holds it.`,
  );
});

it("the preview warns if the name of the object looks like an auto-name of another stack", async () => {
  const { context, inputs } = adopting("IkePolicy", {}, { name: "prod-office-0123abc" });
  expect(await previewAdoption(context, inputs)).toMatch(
    /will be adopted and changed: name .*\. Its name looks like an auto-name of this package\. If another stack holds it, run `pulumi state delete <urn>` there/,
  );
});
