import { LookupError, NotFoundError, UnavailableError } from "../../../../provider/errors";
import type { Values } from "../../../../provider/schema/resourceType";
import { findExisting, findByIdOrName } from "../../../../provider/lifecycle/adoption/findExisting";
import { OTHER_ID, PROJECT_ID } from "../../support/builders";
import { aWire, SUBNET_ID } from "../../support/kinds";
import { aCloud, aLiveConnection } from "../../support/givenContext";

const GROUP_ID = aWire("EndpointGroup").id;
const groups = [
  aWire("EndpointGroup"),
  aWire("EndpointGroup", { id: "b", name: "branch", endpoints: ["10.9.0.0/24"] }),
  aWire("EndpointGroup", { id: "c", name: "branch", type: "subnet", endpoints: [SUBNET_ID] }),
];
const inGroups = () => aCloud("EndpointGroup", { EndpointGroup: groups }).context;

/** A server that ignores every filter and returns all objects. */
function indifferent() {
  return aCloud("EndpointGroup", {}, () => ({ list: () => Promise.resolve(groups) })).context;
}

describe("findExisting", () => {
  it.each<[string, Values, string]>([
    ["a name", { name: "office" }, GROUP_ID],
    ["an id", { id: "b" }, "b"],
    ["a name and a distinguishing type", { name: "branch", type: "subnet" }, "c"],
    ["a list in another order", { endpoints: ["10.2.0.0/24", "10.3.0.0/24"] }, GROUP_ID],
    ["an id that matches the other values", { id: "b", type: "cidr" }, "b"],
    ["a value beside a null", { name: "office", type: null }, GROUP_ID],
  ])("finds the one object with %s", async (_what, wanted, id) => {
    expect(await findExisting(inGroups(), wanted)).toMatchObject({ id });
  });

  it("compares the objects again after the filter of the server", async () => {
    expect(await findExisting(indifferent(), { name: "branch", type: "cidr" })).toMatchObject({
      id: "b",
    });
  });

  it("filters by name and project only, the filters of every release", async () => {
    const list = jest.fn(() => Promise.resolve([aLiveConnection()]));
    const { context } = aCloud("IpsecSiteConnection", {}, () => ({ list }));
    const wanted = { name: "office", adminStateUp: true, mtu: 1500, projectId: PROJECT_ID };
    await findExisting(context, { ...wanted, peerCidrs: ["10.2.0.0/24"] });
    expect(list).toHaveBeenCalledWith(context.resource.definition, {
      name: "office",
      project_id: PROJECT_ID,
    });
  });

  it.each<[string, Values]>([
    ["an id in capitals", { vpnServiceId: "41BFEF97-AF4E-4F6B-A5D3-4678859D2485" }],
    ["an IPv6 address in another notation", { peerId: "2001:DB8:0::1" }],
  ])("finds an object by %s", async (_what, wanted) => {
    const IpsecSiteConnection = [aLiveConnection({ peer_id: "2001:db8::1" })];
    const { context } = aCloud("IpsecSiteConnection", { IpsecSiteConnection });
    expect(await findExisting(context, wanted)).toMatchObject({ name: "office" });
  });

  it("describes several matching objects and how to distinguish them", async () => {
    const looking = findExisting(inGroups(), { name: "branch" });
    await expect(looking).rejects.toThrow(LookupError);
    await expect(looking).rejects.toThrow(
      '2 objects match EndpointGroup with name "branch": EndpointGroup branch (b), EndpointGroup branch (c). Use the id or narrower criteria.',
    );
  });

  it.each<[string, Values]>([
    ["a name", { name: "nobody" }],
    ["an id", { id: "nobody" }],
    ["an id that does not match the other values", { id: "b", type: "subnet" }],
    ["a name in other letters", { name: "Office" }],
  ])("reports the location and the existing objects if none has %s", async (_what, wanted) => {
    const looking = findExisting(inGroups(), wanted);
    await expect(looking).rejects.toThrow(LookupError);
    await expect(looking).rejects.toThrow(
      /^There is no EndpointGroup with .* at http:\/\/network\.example\.org\. It sees EndpointGroup office/,
    );
  });

  it("explains the possible causes if the login sees no object", async () => {
    const { context } = aCloud("EndpointGroup");
    await expect(findExisting(context, { name: "office" })).rejects.toThrow(
      /None are visible to this login: check the project, the region and the role/,
    );
  });

  it("reports the error that prevented the search, even if the id is not found", async () => {
    const refusal = { status: 404, method: "GET", path: "/", faultType: "HTTPNotFound" };
    const missing = () => Promise.reject(new NotFoundError("no such extension", refusal));
    const { context } = aCloud("EndpointGroup", {}, () => ({ get: missing, list: missing }));
    await expect(findExisting(context, { id: OTHER_ID })).rejects.toThrow("no such extension");
  });
});

describe("findByIdOrName", () => {
  it.each([
    ["an id", GROUP_ID],
    ["a name", "office"],
  ])("finds an object by %s", async (_what, text) => {
    expect(await findByIdOrName(inGroups(), text)).toMatchObject({ id: GROUP_ID });
  });

  it("takes a string in the form of an id as a name if no object has that id", async () => {
    const odd = aWire("EndpointGroup", { id: "d", name: OTHER_ID });
    const { context } = aCloud("EndpointGroup", { EndpointGroup: [odd] });
    expect(await findByIdOrName(context, OTHER_ID)).toMatchObject({ id: "d" });
  });

  it("finds an object in the list that a GET of its id did not find", async () => {
    const refusal = { status: 404, method: "GET", path: "/" };
    const get = () => Promise.reject(new NotFoundError("a page of a proxy", refusal));
    const { context } = aCloud("EndpointGroup", { EndpointGroup: groups }, () => ({ get }));
    expect(await findByIdOrName(context, GROUP_ID)).toMatchObject({ id: GROUP_ID });
  });

  it("prefers the id to another object's name", async () => {
    const odd = aWire("EndpointGroup", { id: "d", name: GROUP_ID });
    const { context } = aCloud("EndpointGroup", { EndpointGroup: [odd, aWire("EndpointGroup")] });
    expect(await findByIdOrName(context, GROUP_ID)).toMatchObject({ id: GROUP_ID });
  });

  it("fails for a name that two objects have", async () => {
    await expect(findByIdOrName(inGroups(), "branch")).rejects.toThrow(LookupError);
  });
});

describe("the criteria of a search", () => {
  it("are all named in the error", async () => {
    await expect(
      findExisting(inGroups(), { name: "nobody", type: "cidr", description: null }),
    ).rejects.toThrow('There is no EndpointGroup with name "nobody", type "cidr" that this login');
  });

  it('are named as "id or name" if the search is for either', async () => {
    await expect(findByIdOrName(inGroups(), "nobody")).rejects.toThrow(
      'There is no EndpointGroup with id or name "nobody" that this login can see',
    );
  });

  it.each([`${OTHER_ID}-east`, `west-${OTHER_ID}`])(
    "are a name if an id is only a part of them: %s",
    async (text) => {
      const get = jest.fn();
      const odd = aWire("EndpointGroup", { id: "d", name: text });
      const { context } = aCloud("EndpointGroup", { EndpointGroup: [odd] }, () => ({ get }));
      expect(await findByIdOrName(context, text)).toMatchObject({ id: "d" });
      expect(get).not.toHaveBeenCalled();
    },
  );

  it("are not reported as missing if the cloud is unavailable", async () => {
    const down = new UnavailableError("down", { status: 503, method: "GET", path: "/" });
    const calls = () => ({ get: () => Promise.reject(down) });
    const { context } = aCloud("EndpointGroup", { EndpointGroup: groups }, calls);
    await expect(findByIdOrName(context, GROUP_ID)).rejects.toBe(down);
  });
});
