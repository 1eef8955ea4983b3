import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { importObjects } from "../../../../cli/commands/import";
import { importFileOf } from "../../../../cli/import/importFile";
import type { ManagedObject } from "../../../../cli/import/managedObject";
import { openstackDeployment } from "../../../../cli/import/openstackDeployment";
import { terraformState } from "../../../../cli/import/terraformState";

/** A state of Terraform with one resource that has those instances. */
const terraform = (resource: object, ...instances: object[]) => ({
  version: 4,
  resources: [
    { mode: "managed", type: "openstack_vpnaas_service_v2", name: "hub", instances, ...resource },
  ],
});

const instance = (id: string, more: object = {}) => ({
  attributes: { id, psk: "canary" },
  ...more,
});

/** A deployment of Pulumi with one resource of @pulumi/openstack. */
const deployment = (resource: object) => ({
  version: 3,
  deployment: {
    resources: [
      {
        urn: "urn:pulumi:dev::net::openstack:vpnaas/ipSecPolicy:IpSecPolicy::strong",
        type: "openstack:vpnaas/ipSecPolicy:IpSecPolicy",
        custom: true,
        id: "a1",
        ...resource,
      },
    ],
  },
});

const anObject = (more: Partial<ManagedObject>): ManagedObject => ({
  kind: "IkePolicy",
  name: "strong",
  id: "a1",
  address: "openstack_vpnaas_ike_policy_v2.strong",
  ...more,
});

describe("a state of Terraform", () => {
  it("has an object for each instance, with the address that Terraform uses", () => {
    const module = 'module.site["a"]';
    const state = terraform(
      { module },
      instance("a1", { index_key: 0 }),
      instance("a2", { index_key: "x y" }),
    );
    expect(terraformState(state)!.objects).toEqual([
      {
        kind: "VpnService",
        name: "site-a-hub-0",
        id: "a1",
        address: `${module}.openstack_vpnaas_service_v2.hub[0]`,
      },
      {
        kind: "VpnService",
        name: "site-a-hub-x-y",
        id: "a2",
        address: `${module}.openstack_vpnaas_service_v2.hub["x y"]`,
      },
    ]);
  });

  it("leaves out data sources, objects that are about to be destroyed, and resources without an id", () => {
    expect(terraformState(terraform({ mode: "data" }, instance("a1")))!.objects).toEqual([]);
    const state = terraform({}, instance("a1", { deposed: "0a1b" }), { attributes: {} }, {});
    expect(terraformState(state)!.objects).toEqual([]);
  });

  it("counts the resources of other types", () => {
    const state = terraform({ type: "openstack_networking_router_v2" }, instance("a1"));
    expect(terraformState(state)).toMatchObject({ objects: [], others: 1 });
  });

  it.each([{ version: 3, modules: [] }, { version: 4 }, {}])("is not %j", (state) => {
    expect(terraformState(state)).toBeUndefined();
  });
});

describe("a deployment with @pulumi/openstack", () => {
  it("has an object for each resource that it manages", () => {
    expect(openstackDeployment(deployment({}))).toMatchObject({
      objects: [{ kind: "IpsecPolicy", name: "strong", id: "a1" }],
      others: 0,
    });
  });

  it.each([{ external: true }, { delete: true }, { id: "" }, { custom: false }])(
    "leaves out a resource with %j",
    (resource) => {
      expect(openstackDeployment(deployment(resource))!.objects).toEqual([]);
    },
  );

  it.each([
    { version: 5, deployment: {} },
    { version: 3 },
    { version: 3, deployment: { resources: 1 } },
  ])("is not %j", (exported) => {
    expect(openstackDeployment(exported)).toBeUndefined();
  });
});

it("the import file has types and ids, and a name once for each type", () => {
  const objects = [
    anObject({}),
    anObject({ id: "a2" }),
    anObject({ kind: "IpsecPolicy", id: "a3" }),
  ];
  expect(JSON.parse(importFileOf(objects))).toEqual({
    resources: [
      { type: "vpnaas:index:IkePolicy", name: "strong", id: "a1" },
      { type: "vpnaas:index:IkePolicy", name: "strong-2", id: "a2" },
      { type: "vpnaas:index:IpsecPolicy", name: "strong", id: "a3" },
    ],
  });
});

describe("pulumi-vpnaas import", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "vpnaas-import-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = async (text: string) => {
    const from = join(folder, "state.json");
    writeFileSync(from, text);
    return importObjects(["--from", from]);
  };

  it("refuses a file that is not JSON, without its content", async () => {
    const error: unknown = await run('{"psk": "canary').catch((one: unknown) => one);
    expect(String(error)).toMatch(/state\.json cannot be read: it is not JSON$/);
  });

  it.each([
    ["{}", /state\.json is not the output of `terraform state pull`/],
    [
      JSON.stringify(terraform({ type: "other" })),
      /has no VPN object. Resources of other types: 1/,
    ],
  ])("refuses %s", async (text, message) => {
    await expect(run(text)).rejects.toThrow(message);
  });

  it("needs the option --from", async () => {
    await expect(importObjects([])).rejects.toThrow(/--from FILE is needed/);
  });
});
