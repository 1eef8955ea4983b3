import { join } from "node:path";

import { startSimulator } from "../simulator";
import { cloudOf, loginOf, type Cloud } from "../tests/support/harness/cloud";
import { TestStack, type RunResult } from "../tests/support/harness/stack";
import { findEngine } from "./engine";

const PENDING_MS = 8_000;
const PSK = "demo-pre-shared-key";
const CONNECTIONS = "/vpn/ipsec-site-connections";

let isInterrupted = false;

/** A line of the closing table. */
interface Act {
  readonly title: string;
  readonly outcome: string;
  readonly seconds: number;
}

/**
 * `npm run demo`: the life of a tunnel, shown with the real engine and a simulated cloud. All
 * files are created in a temporary folder; the caller's Pulumi and OpenStack configuration is not
 * read or written.
 */
async function main(): Promise<void> {
  const { bin, version, found } = await findEngine((line) => console.log(line));
  process.env["VPNAAS_ENGINE_BIN"] = bin;
  console.log(`Pulumi ${version}, found ${found}.`);

  const simulator = await startSimulator({ pendingMs: PENDING_MS });
  const cloud = await cloudOf(simulator);
  await cloud.clear();
  const { routerId, subnetId } = cloud.fixture;
  const stack = await TestStack.create({
    program: join(__dirname, "..", "examples", "quickstart"),
    config: { "vpnaas:dialect": "neutron", routerId, subnetId },
    secretConfig: { psk: PSK },
    env: loginOf(cloud),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      isInterrupted = true;
      console.log("\nInterrupted: everything that was made is removed.");
      void stack.dispose().finally(() => process.exit(130));
    });
  }
  console.log(`A simulated Neutron and Keystone listens at ${cloud.endpoint}.`);
  try {
    const acts = [
      await create(stack, cloud),
      await updateWhilePending(stack, cloud, (isBusy) => {
        simulator.behavior.pendingOnUpdate = isBusy;
      }),
      await drift(stack, cloud),
      await repair(stack, cloud),
      await destroy(stack, cloud),
    ];
    close(acts, stack.stateText());
  } finally {
    await stack.dispose();
    await simulator.stop();
  }
}

async function create(stack: TestStack, cloud: Cloud): Promise<Act> {
  tell(
    1,
    "A tunnel is created",
    "A VPN service, an IKE and an IPsec policy, and a connection on them. The cloud keeps that in\n" +
      `PENDING_CREATE for ${PENDING_MS / 1_000} seconds. \`up\` waits, and says so.`,
  );
  const run = await pulumi(stack, "up", "--yes", "--skip-preview");
  expect(run, /is PENDING_CREATE for/, "the wait");
  const status = String((await tunnel(cloud))["status"]);
  return { title: "create", outcome: `PENDING_CREATE, then ${status}`, seconds: run.seconds };
}

async function updateWhilePending(
  stack: TestStack,
  cloud: Cloud,
  setBusy: (isBusy: boolean) => void,
): Promise<Act> {
  tell(
    2,
    "It is changed while the cloud is still busy with it",
    "Another change has just turned it to PENDING_UPDATE: Neutron refuses every PUT now. The program\n" +
      "gets a new description all the same. `up` waits, sends that one key, and waits until it has settled.",
  );
  setBusy(true);
  await touch(cloud, {});
  const refused = await cloud.api.send("PUT", `${CONNECTIONS}/${(await tunnel(cloud)).id}`, {
    ipsec_site_connection: { description: "too early" },
  });
  console.log(`A PUT sent now by hand: ${refused.status} ${JSON.stringify(refused.body)}\n`);
  await stack.setConfig("description", "to datacenter2");
  const run = await pulumi(stack, "up", "--yes", "--skip-preview");
  setBusy(false);
  expect(run, /is PENDING_UPDATE for/, "the wait");
  const puts = (await cloud.requests()).filter((one) => one.method === "PUT");
  const last = JSON.stringify(puts.at(-1)?.body);
  console.log(`What was sent: PUT ${last}\n`);
  const isApplied = (await tunnel(cloud))["description"] === "to datacenter2";
  if (!isApplied) throw new Error("The update was not applied.");
  return { title: "update while PENDING", outcome: "waited, then applied", seconds: run.seconds };
}

async function drift(stack: TestStack, cloud: Cloud): Promise<Act> {
  tell(
    3,
    "Somebody changes it past Pulumi",
    "The peer's network and the pre-shared key are changed through the API. `refresh` reports it.",
  );
  await touch(cloud, { peer_cidrs: ["10.99.0.0/24"], psk: "changed-by-hand" });
  const run = await pulumi(stack, "refresh", "--preview-only", "--diff");
  expect(run, /10\.99\.0\.0\/24/, "the changed network");
  expect(run, /psk: differs \(hidden\)/, "the changed psk");
  return { title: "drift", outcome: "peerCidrs and psk reported", seconds: run.seconds };
}

async function repair(stack: TestStack, cloud: Cloud): Promise<Act> {
  tell(4, "`up` puts it right", "What differs is sent, and nothing else.");
  const run = await pulumi(stack, "up", "--yes", "--skip-preview", "--refresh");
  const sent = (await cloud.requests()).findLast((one) => one.method === "PUT")?.body;
  const { ipsec_site_connection: keys = {} } = sent as { ipsec_site_connection?: object };
  console.log(`What was sent: PUT of ${Object.keys(keys).join(" and ")}\n`);
  const { peer_cidrs: cidrs, psk } = await tunnel(cloud);
  if (psk !== PSK || String(cidrs) !== "10.2.0.0/24") throw new Error("It was not put right.");
  const again = await pulumi(stack, "preview", "--refresh", "--expect-no-changes");
  return {
    title: "repair",
    outcome: "as declared again, nothing left to change",
    seconds: run.seconds + again.seconds,
  };
}

async function destroy(stack: TestStack, cloud: Cloud): Promise<Act> {
  tell(5, "It is destroyed", "`destroy` ends when the cloud knows nothing of it any more.");
  const run = await pulumi(stack, "destroy", "--yes", "--skip-preview");
  const left = Object.keys(await cloud.objects());
  if (left.length > 0) throw new Error(`It left behind: ${left.join(", ")}.`);
  return { title: "destroy", outcome: "gone", seconds: run.seconds };
}

function tell(act: number, title: string, story: string): void {
  console.log(`\n=== Act ${act}: ${title}\n${story}\n`);
}

async function pulumi(stack: TestStack, ...args: string[]): Promise<RunResult> {
  console.log(`$ pulumi ${args.join(" ")}`);
  const child = stack.start([...args, "--stack", "test", "--non-interactive", "--color", "never"]);
  const run = await child.follow((text) => process.stdout.write(text)).done;
  console.log("");
  if (run.code !== 0) throw new Error(`pulumi ${args[0]!} ended with ${run.code}.`);
  return run;
}

function expect(run: RunResult, what: RegExp, name: string): void {
  if (!what.test(run.text)) throw new Error(`The engine did not show ${name} (${String(what)}).`);
}

async function tunnel(cloud: Cloud): Promise<Record<string, unknown> & { id: string }> {
  const [only] = await cloud.api.list(CONNECTIONS);
  if (only === undefined) throw new Error("The cloud has no connection.");
  return only;
}

async function touch(cloud: Cloud, body: Record<string, unknown>): Promise<void> {
  await cloud.api.put(`${CONNECTIONS}/${(await tunnel(cloud)).id}`, {
    ipsec_site_connection: body,
  });
}

function close(acts: readonly Act[], state: string): void {
  if (state.includes(PSK)) throw new Error("The psk stands in the state in clear.");
  const width = Math.max(...acts.map(({ title }) => title.length));
  const outcome = Math.max(...acts.map((act) => act.outcome.length));
  console.log("=== What happened\n");
  for (const act of acts) {
    const seconds = `${act.seconds.toFixed(1)} s`.padStart(8);
    console.log(`${act.title.padEnd(width)}  ${act.outcome.padEnd(outcome)}  ${seconds}`);
  }
  console.log("\nThe state never held the psk in clear. Everything was removed again.");
}

main().catch((error: unknown) => {
  if (isInterrupted) return;
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
