/** The runs after a fault, and the comparison of state, cloud and program at the end. */
import { isDeepStrictEqual } from "node:util";

import type { ModelProgram } from "../support/harness/modelStack";
import type { Properties } from "../support/harness/providerProcess";
import type { Ending } from "./fate";
import type { Operation, Run } from "./operations";
import type { Processes } from "./processes";
import type { World } from "./world";

/** An operation that a fault has interrupted. */
interface InterruptedOperation extends Omit<Run, "provider"> {
  readonly operation: Operation;
  /** The messages that the user read. */
  readonly said: readonly string[];
}

/**
 * Runs again without the fault, follows the advice of the messages until a run has no errors, and then
 * compares state, cloud and program. Undefined if these are equal.
 */
export async function recovered(
  processes: Processes,
  interrupted: InterruptedOperation,
  errors: string[],
): Promise<Ending | undefined> {
  const { world, stack, operation } = interrupted;
  let { program, said } = interrupted;
  const problem = await processes.next.serve(
    world,
    async (provider): Promise<Ending | undefined> => {
      // Repeated advice does not justify another try.
      for (const heard = new Set<string>(); ;) {
        const advice = new Set(said.map(adviceIn));
        if (advice.has("without adopt")) program = withoutAdopt(world, program, said);
        if (advice.has("refresh")) await stack.refresh(provider);
        said = await runAgain({ world, stack, provider, program }, operation);
        if (said.length === 0) return undefined;
        errors.push(...said);
        for (const one of said) {
          const next = adviceIn(one);
          if (next === undefined || heard.has(next)) {
            return { fate: "lost", why: `the next run fails: ${one}` };
          }
        }
        for (const one of said) heard.add(adviceIn(one)!);
      }
    },
  );
  return (
    problem ??
    processes.last.serve(world, (provider) =>
      compared({ world, stack, provider, program }, operation),
    )
  );
}

async function runAgain(run: Run, operation: Operation): Promise<readonly string[]> {
  const { stack, provider, program } = run;
  const errors = await operation.perform(run);
  return operation.name === "read" && errors.length === 0 ? stack.up(provider, program) : errors;
}

/** The advice of a message for the next run. */
function adviceIn(message: string): "refresh" | "without adopt" | "again" | undefined {
  if (message.includes("Remove `adopt`")) return "without adopt";
  if (message.includes("pulumi up --refresh")) return "refresh";
  return message.includes("the next `pulumi up` continues to wait") ? "again" : undefined;
}

/** The program without the adoptions that the messages name. */
function withoutAdopt(world: World, program: ModelProgram, said: readonly string[]): ModelProgram {
  return program.map((args, number) => {
    const { adopt, name: _name, ...rest } = args as { adopt?: string } & Properties;
    if (adopt === undefined || !said.some((one) => one.includes(adopt))) return args;
    const { timeouts } = rest as { timeouts: { create: string } };
    return world.args(number, timeouts.create, rest);
  });
}

async function compared(run: Run, operation: Operation): Promise<Ending | undefined> {
  const { world, stack, provider, program } = run;
  const objects = await world.objects();
  const ids = objects.map(({ id }) => id);
  if (operation.name === "delete") {
    const left = stack.resources.some((one) => (one.current ?? one.toDelete[0]) !== undefined);
    if (left) return { fate: "lost", why: "the state still has it" };
    return ids.length === 0
      ? undefined
      : { fate: "lost", why: `left in the cloud: ${ids.join(", ")}` };
  }
  const { count } = world.place;
  if (ids.length > count) return { fate: "doubled", why: `in the cloud: ${ids.join(", ")}` };
  if (ids.length < count) return { fate: "lost", why: `the cloud has ${ids.length}` };
  if (!isDeepStrictEqual([...stack.ids].sort(), [...ids].sort())) {
    return { fate: "lost", why: "the state has others" };
  }
  const pending = [
    ...(await stack.pending(provider, program)),
    ...((await operation.pending?.(run)) ?? []),
  ];
  if (pending.length > 0) return { fate: "lost", why: `still to do: ${pending.join("; ")}` };
  // The status changes by itself.
  const agrees = await stack.agrees(provider, ["status"]);
  return agrees ? undefined : { fate: "lost", why: "the state is not what the cloud has" };
}
