import { CanceledError, UnauthorizedError, VpnaasError } from "../../../../provider/errors";
import { Preflight, type Subject } from "../../../../provider/lifecycle/preflight/preflight";
import { Log } from "../../../../provider/log";
import type { Values } from "../../../../provider/values";
import { preflightCloud, type CloudContent } from "../../support/preflightCloud";

const EMPTY: CloudContent = { extensions: ["vpnaas"] };
const FULL: CloudContent = { ...EMPTY, objects: { IkePolicy: [{ id: "k1" }] } };

function setUp(content = EMPTY) {
  const cloud = preflightCloud(content);
  const lines: string[] = [];
  const preflight = new Preflight(
    new Log((line) => lines.push(line)),
    cloud.ownership,
    cloud.clock,
  );
  const check = (subject: Subject, mode: "on" | "warn" = "on") => {
    preflight.declare(subject);
    return preflight.check(subject, cloud.client, mode);
  };
  return { ...cloud, check, lines, preflight };
}

/** A connection with those inputs that is to be checked. */
function connection(name: string, inputs: Values = { ikePolicyId: "k1" }, oldInputs: Values = {}) {
  const subject: Subject = {
    kind: "IpsecSiteConnection",
    subject: `IpsecSiteConnection ${name}`,
    inputs: { name, ...inputs },
    oldInputs,
    dialect: "neutron",
  };
  return subject;
}

const service = (name: string, inputs: Values): Subject => ({
  ...connection(name, inputs),
  kind: "VpnService",
});

const MISSING = /^ikePolicyId: http:\/\/network\.example\.org has no IkePolicy k1 that /;

describe("preflight: a failure", () => {
  it("has the path of its property and its reason", async () => {
    expect(await setUp().check(connection("a"))).toEqual([expect.stringMatching(MISSING)]);
  });

  it("does not exist if the cloud would accept the resource", async () => {
    expect(await setUp(FULL).check(connection("a"))).toEqual([]);
  });

  it("of a whole login has no path", async () => {
    const { check } = setUp({ extensions: [] });
    expect(await check(connection("a"))).toEqual([
      expect.stringMatching(/^http:\/\/network\.example\.org has no extension vpnaas: /),
    ]);
  });

  it("of a cause that another resource has reported refers to that resource", async () => {
    const { check } = setUp();
    await check(connection("a"));
    expect(await check(connection("b"))).toEqual([
      "ikePolicyId: the same as for IpsecSiteConnection a.",
    ]);
  });

  it("is reported in full again for the resource that reported it first", async () => {
    const { check } = setUp();
    await check(connection("a"));
    await check(connection("b"));
    expect(await check(connection("a"))).toEqual([expect.stringMatching(MISSING)]);
  });

  it("hides the secrets of the login", async () => {
    const [failure] = await setUp().check(connection("a", { ikePolicyId: "very secret" }));
    expect(failure).toMatch(/has no IkePolicy \(hidden\) that/);
  });

  it("is a warning in the mode warn", async () => {
    const { check, lines } = setUp();
    expect(await check(connection("a"), "warn")).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^warning: IpsecSiteConnection a: ikePolicyId: http.* has no IkePolicy/,
      ),
    ]);
  });
});

describe("preflight: a failure is confirmed", () => {
  it("by younger answers, so a subnet that was attached meanwhile is not reported", async () => {
    const portOf = (subnet_id: string) => ({ device_id: "r1", fixed_ips: [{ subnet_id }] });
    const ports = [portOf("lan")];
    const { check } = setUp({
      ...EMPTY,
      routers: { r1: {} },
      subnets: { lan: {}, dmz: {} },
      ports,
    });
    expect(await check(service("a", { routerId: "r1", subnetId: "lan" }))).toEqual([]);
    ports.push(portOf("dmz"));
    expect(await check(service("b", { routerId: "r1", subnetId: "dmz" }))).toEqual([]);
  });

  it("by all questions of the resource, sent twice", async () => {
    const { check, requests } = setUp();
    await check(connection("a"));
    expect(requests.filter((one) => one === "list: ikepolicies")).toHaveLength(2);
  });

  it("without another request if its cause is reported already", async () => {
    const { check, requests } = setUp();
    await check(connection("a"));
    const { length } = requests;
    await check(connection("b"));
    expect(requests).toHaveLength(length);
  });

  it("unless the finding is a warning", async () => {
    const { check, requests } = setUp();
    await check(connection("a", { dpd: { action: "disabled" } }));
    expect(new Set(requests).size).toBe(requests.length);
  });
});

describe("preflight: a changed resource", () => {
  const OLD = { name: "a", ikePolicyId: "k1" };

  it("reports no failure that its old inputs had already", async () => {
    expect(await setUp().check(connection("a", { ...OLD, mtu: 1400 }, OLD))).toEqual([]);
  });

  it("reports a failure that is new", async () => {
    const changed = connection("a", { ikePolicyId: "k2" }, OLD);
    expect(await setUp().check(changed)).toEqual([
      expect.stringMatching(/^ikePolicyId: .* has no IkePolicy k2 that/),
    ]);
  });

  it("reports a failure of the whole login, although its old inputs had it", async () => {
    const { check } = setUp({ extensions: [] });
    expect(await check(connection("a", { ...OLD, mtu: 1400 }, OLD))).toHaveLength(1);
  });

  it("reports no failure that its old inputs had among others", async () => {
    const old = { ...OLD, ipsecPolicyId: "p1", vpnServiceId: "s1" };
    const { check } = setUp({ ...EMPTY, objects: { VpnService: [{ id: "s1" }] } });
    const changed = connection("a", { ...old, ipsecPolicyId: "p2" }, old);
    expect(await check(changed)).toEqual([expect.stringMatching(/^ipsecPolicyId: .* p2 that/)]);
  });

  it("keeps an open question that its old inputs had already", async () => {
    const { check, preflight } = setUp({ ...EMPTY, refused: ["ikepolicies"] });
    const changed = connection("a", { ...OLD, mtu: 1400 }, OLD);
    await check(changed);
    expect(preflight.openQuestions("IpsecSiteConnection", changed.inputs)).toHaveLength(1);
  });

  it("without a finding is not compared with its old inputs", async () => {
    const { check, requests } = setUp(FULL);
    await check(connection("a", { ikePolicyId: "k1" }, { ikePolicyId: "k9" }));
    expect(requests).not.toContain("get: ikepolicies/k9");
  });
});

it("preflight: a new resource has no old inputs whose failures are left out", async () => {
  const quota = { ipsec_site_connection: { limit: 0, used: 0 } };
  const { check } = setUp({ extensions: ["vpnaas", "quota_details"], quota });
  expect(await check(connection("a", {}))).toEqual([
    expect.stringMatching(/^the quota of this project is 0 for IpsecSiteConnection /),
  ]);
});

describe("preflight: the rules of a type", () => {
  const wrong = { dpd: { action: "disabled" }, ikePolicyId: "k1" };

  it("are not applied if the cloud as a whole has a finding", async () => {
    const { check, lines } = setUp({ extensions: [] });
    await check(connection("a", wrong));
    expect(lines).toEqual([]);
  });

  it("are applied if the cloud as a whole has an open question only", async () => {
    const { check, lines } = setUp({ refused: ["extensions"] });
    expect(await check(connection("a", wrong))).toHaveLength(1);
    expect(lines).toContainEqual(expect.stringMatching(/^warning: .* dpd\.action: /));
  });

  it("know the other resources of the run", async () => {
    const { check, lines } = setUp();
    const parts = { vpnServiceId: "s1", peerAddress: "198.51.100.7", peerCidrs: ["10.2.0.0/24"] };
    await check(connection("a", parts));
    await check(connection("b", parts));
    expect(lines).toEqual([
      expect.stringMatching(/^warning: IpsecSiteConnection b: .* IpsecSiteConnection a, which has/),
    ]);
  });
});

describe("preflight: a warning", () => {
  it("is printed once for several resources, with the first one and the path", async () => {
    const { check, lines } = setUp();
    expect(await check(connection("a", { dpd: { action: "disabled" } }))).toEqual([]);
    expect(await check(connection("b", { dpd: { action: "disabled" } }))).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^warning: IpsecSiteConnection a: dpd\.action: the API accepts disabled, /,
      ),
    ]);
  });

  it("of each cause is printed", async () => {
    const { check, lines } = setUp();
    await check(connection("a", { dpd: { action: "disabled" } }));
    await check(connection("b", { dpd: { action: "restart-by-peer" } }));
    expect(lines).toHaveLength(2);
  });

  it("of the whole login is printed without a resource and a path", async () => {
    const { check, lines } = setUp({ ...EMPTY, roles: ["reader"] });
    await check(connection("a", {}));
    expect(lines).toEqual([expect.stringMatching(/^warning: the only role of this login /)]);
  });
});

describe("preflight: an open question", () => {
  const open: CloudContent = { ...EMPTY, refused: ["ikepolicies"] };
  const reason =
    "the ikepolicies of this cloud cannot be read (403 for ikepolicies): ikePolicyId is not checked.";

  it("is printed once, and does not fail the resource", async () => {
    const { check, lines } = setUp(open);
    expect(await check(connection("a"))).toEqual([]);
    expect(await check(connection("b"))).toEqual([]);
    expect(lines).toEqual([`preflight: ${reason}`]);
  });

  it("of each collection is printed", async () => {
    const { check, lines } = setUp({ ...EMPTY, refused: ["ikepolicies", "ipsecpolicies"] });
    await check(connection("a", { ikePolicyId: "k1", ipsecPolicyId: "p1" }));
    expect(lines).toHaveLength(2);
  });

  it("is known for the checked resource", async () => {
    const { check, preflight } = setUp(open);
    const one = connection("a");
    await check(one);
    expect(preflight.openQuestions(one.kind, one.inputs)).toEqual([reason]);
  });

  it("is not sent twice to confirm it", async () => {
    const { check, requests } = setUp(open);
    await check(connection("a"));
    expect(requests.filter((one) => one === "list: ikepolicies")).toHaveLength(1);
  });

  it("does not count the failures of the resource", async () => {
    const { check, preflight } = setUp();
    const one = connection("a");
    await check(one);
    expect(preflight.openQuestions(one.kind, one.inputs)).toEqual([]);
  });

  it("is not known for a resource that was not checked", () => {
    const { preflight } = setUp();
    expect(preflight.openQuestions("IkePolicy", { name: "a" })).toEqual([]);
  });

  it("hides the secrets of the login", async () => {
    const { check, client, preflight } = setUp();
    Object.assign(client, { list: () => Promise.reject(new VpnaasError("very secret")) });
    const one = connection("a");
    await check(one);
    expect(preflight.openQuestions(one.kind, one.inputs)).toEqual([
      expect.stringContaining("cannot be read ((hidden)): ikePolicyId"),
    ]);
  });
});

describe("preflight: a login that fails", () => {
  const refusal = { status: 401, method: "POST", path: "/v3/auth/tokens" };
  const error = new UnauthorizedError("the login was refused.", refusal);

  it("is a failure in full for the first resource, and refers to it for others", () => {
    const { preflight } = setUp();
    expect(preflight.reportLogin("IkePolicy a", error, "on")).toEqual(["the login was refused."]);
    expect(preflight.reportLogin("IkePolicy b", error, "on")).toEqual([
      "the same as for IkePolicy a.",
    ]);
  });

  it("is a warning in the mode warn", () => {
    const { lines, preflight } = setUp();
    expect(preflight.reportLogin("IkePolicy a", error, "warn")).toEqual([]);
    expect(lines).toEqual(["warning: the login was refused."]);
  });

  it("is remembered for a minute from its first report on", () => {
    const { clock, preflight } = setUp();
    expect(preflight.recentLoginFailure).toBeUndefined();
    preflight.reportLogin("IkePolicy a", error, "on");
    clock.pass(30_000);
    preflight.reportLogin("IkePolicy b", error, "on");
    clock.pass(29_999);
    expect(preflight.recentLoginFailure).toBe(error);
    clock.pass(1);
    expect(preflight.recentLoginFailure).toBeUndefined();
  });

  it("is remembered anew after that minute", () => {
    const { clock, preflight } = setUp();
    preflight.reportLogin("IkePolicy a", error, "on");
    clock.pass(60_000);
    const later = new UnauthorizedError("refused again.", refusal);
    preflight.reportLogin("IkePolicy a", later, "on");
    expect(preflight.recentLoginFailure).toBe(later);
  });

  it("by a cancellation is a failure of its own and is not remembered", () => {
    const { preflight } = setUp();
    const canceled = CanceledError.unsent("POST");
    expect(preflight.reportLogin("IkePolicy a", canceled, "on")).toEqual([canceled.message]);
    expect(preflight.reportLogin("IkePolicy b", canceled, "on")).toEqual([canceled.message]);
    expect(preflight.recentLoginFailure).toBeUndefined();
  });

  it("during a check is thrown", async () => {
    const { check, client } = setUp();
    Object.assign(client, { list: () => Promise.reject(error) });
    await expect(check(connection("a"))).rejects.toBe(error);
  });
});

it("preflight: the questions of a run end with none of its operations", async () => {
  const { check, deadlines } = setUp(FULL);
  await check(connection("a"));
  expect(deadlines[0]).toBe(Infinity);
});
