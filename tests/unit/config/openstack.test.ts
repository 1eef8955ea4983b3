import { readSettings } from "../../../provider/config/settings";
import { settingsInForce } from "../../../provider/config/settingsInForce";
import { ConfigurationError } from "../../../provider/errors";
import { ENV, STACK, type Texts } from "../support/readings";

/** A complete login of @pulumi/openstack. */
const OPENSTACK: Texts = {
  authUrl: "https://openstack.example.org/v3",
  userName: "carol",
  password: "three",
  tenantName: "lab",
  userDomainName: "Corp",
  region: "north",
  endpointType: "internalURL",
  insecure: "true",
};

const read = (openstack: Texts, stack: Texts = {}, env: Texts = {}, cloud?: string) =>
  readSettings({ stack: (name) => stack[name], openstack: (name) => openstack[name], env }, cloud);

describe("the login of openstack:*", () => {
  it("is used if nothing else names one", () => {
    expect(read(OPENSTACK)).toMatchObject({
      session: {
        login: {
          authUrl: OPENSTACK["authUrl"],
          user: { name: "carol", domain: { name: "Corp" } },
          password: "three",
          project: { name: "lab" },
        },
        region: "north",
        interface: "internal",
      },
      transport: { insecure: true, secrets: ["three"] },
    });
  });

  it("is reported in a line that names openstack:*", () => {
    const lines = read({ ...OPENSTACK, insecure: undefined }).warnings.map(({ line }) => line);
    expect(lines).toEqual([expect.stringMatching(/^The login is that of openstack:\* in the/)]);
  });

  it("supplies no settings but its own besides those of vpnaas:*", () => {
    const { session, dialect } = read(OPENSTACK, { region: "south", dialect: "neutron" });
    expect([session.region, dialect]).toEqual(["south", "neutron"]);
  });

  it.each<[string, Texts, Texts]>([
    ["vpnaas:*", STACK, {}],
    ["OS_*", {}, ENV],
  ])("is ignored as a whole beside a login of %s", (_source, stack, env) => {
    const found = settingsInForce({
      stack: (name) => stack[name],
      openstack: (name) => OPENSTACK[name],
      env,
    });
    expect(found.filter(({ source }) => source.startsWith("openstack:"))).toEqual([]);
    expect(read(OPENSTACK, stack, env).warnings).toEqual([]);
  });

  it("never completes the login of another source", () => {
    const error = () => read(OPENSTACK, {}, { OS_AUTH_URL: "https://env.example.org/v3" });
    expect(error).toThrow(ConfigurationError);
    expect(error).toThrow(/openstack:\* count only if nothing else names a login\.$/);
  });

  it("names its own key for a missing part", () => {
    const { password: _password, ...rest } = OPENSTACK;
    expect(() => read(rest)).toThrow(
      "The login of openstack:* lacks password: set openstack:password, or give a whole login as vpnaas:* or OS_*. Read so far: openstack:userName.",
    );
  });

  it("is not used for a resource with its own cloud", () => {
    const none = { OS_CLIENT_CONFIG_FILE: "/nonexistent/clouds.yaml" };
    expect(() => read(OPENSTACK, {}, none, "lab")).toThrow(/clouds\.yaml/);
  });
});

describe("the cloud of openstack:cloud", () => {
  it("is used if nothing else names a login", () => {
    const file = { OS_CLIENT_CONFIG_FILE: "/nonexistent/clouds.yaml" };
    expect(() => read({ cloud: "lab" }, {}, file)).toThrow(/\/nonexistent\/clouds\.yaml/);
  });

  it("is ignored beside a login of the stack configuration", () => {
    expect(read({ cloud: "lab" }, STACK).session.cloud).toBeUndefined();
  });
});
