import { setTimeout as sleep } from "node:timers/promises";

import { KINDS, bodyOf, type Args, type Kind } from "../harness/kinds";
import type { Program } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { groupTunnel } from "./fields";

/** Requests that a cloud refuses for a while. */
export function refusalScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  it("up logs in again when its token is refused during a wait", async () => {
    const { cloud, program } = stage;
    const seconds = cloud.tokenCacheSeconds + 4;
    const description = `[pending ${seconds}s]`;
    program.write(groupTunnel(cloud.fixture, { tunnel: { description } }));
    const before = (await cloud.requests()).length;

    const run = program.stack.begin("up");
    while ((await cloud.objects()).IpsecSiteConnection === undefined) await sleep(200);
    await cloud.revokeTokens();
    const { code, text } = await run.done;

    expect([code, text]).toEqual([0, expect.not.stringMatching(/\b401\b/)]);
    const ours = (await cloud.requests()).slice(before);
    expect(ours.filter(({ status }) => status === 401)).not.toEqual([]);
    expect(await program.live("tunnel")).toMatchObject({ status: "ACTIVE" });
  });

  it("up without a preflight names the exceeded quota, creates no object, and succeeds once the quota has room", async () => {
    const { cloud, program } = stage;
    const { tunnel: connection, ...parents } = groupTunnel(cloud.fixture, {});
    const kinds: Kind[] = ["VpnService", "IkePolicy", "IpsecPolicy", "EndpointGroup"];
    program.write(parents);
    const release = await Promise.all(kinds.map((kind) => cloud.fillQuota(kind)));

    await program.stack.setConfig("vpnaas:preflight", "off");
    const refused = await program.stack.up(["--continue-on-error"], { expect: "failure" });
    await program.stack.setConfig("vpnaas:preflight", "on");

    for (const kind of kinds) {
      expect(refused.text).toMatch(
        new RegExp(
          `Could not create ${kind} .* answered 409 OverQuota: Quota exceeded for resources: \\['${KINDS[kind].key}'\\]`,
        ),
      );
    }
    expect(await cloud.objects()).toEqual({});
    await Promise.all(release.map((one) => one()));
    await program.up({ ...parents, tunnel: connection! });
    expect((await program.live("tunnel"))["status"]).toBe("ACTIVE");
  });

  it("destroy retries the deletion of objects in use, then names the user, and succeeds once that is gone", async () => {
    const { cloud, program } = stage;
    const { tunnel: connection, ...parents } = groupTunnel(cloud.fixture, {});
    const deletedWithin = (timeout: string) =>
      Object.fromEntries(
        Object.entries(parents).map(([name, one]) => [
          name,
          { ...one, args: { ...one.args, timeouts: { delete: timeout } } },
        ]),
      ) as Program;
    await program.up(deletedWithin("3s"));
    const made = await program.resources();
    const ids = Object.entries(connection!.args!).map(([name, value]) => {
      const { $ref } = value as { $ref?: string };
      return [name, $ref === undefined ? value : made[$ref.split(".")[0]!]!.id];
    });
    const { path, key } = KINDS.IpsecSiteConnection;
    const user = await cloud.api.post(path, {
      [key]: bodyOf({ ...(Object.fromEntries(ids) as Args), name: "someone else's" }),
    });

    let text = "";
    const sent = await program.changesDuring(async () => {
      ({ text } = await program.stack.destroy(["--continue-on-error"], { expect: "failure" }));
    });
    const refusals = sent.map((one) => `${one.path} ${one.status}`);

    for (const [name, { id }] of Object.entries(made)) {
      const status = name === "local" || name === "peer" ? 400 : 409;
      expect(refusals.filter((one) => one.endsWith(`${id!} ${status}`)).length).toBeGreaterThan(1);
      expect(text).toMatch(
        new RegExp(`\\(${id!}\\) to be deleted, .* in use by .* someone else's \\(${user.id}\\)`),
      );
    }

    await program.up(deletedWithin("60s"));
    const again = program.stack.begin("destroy");
    await again.until(/deleting/);
    await sleep(1_000);
    await cloud.api.delete(`${path}/${user.id}`);
    expect((await again.done).code).toBe(0);
    expect(await cloud.objects()).toEqual({});
  });
}
