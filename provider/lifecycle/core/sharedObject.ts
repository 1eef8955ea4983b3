import type { Context } from "./context";

type Environment = Pick<Context, "ownership" | "log">;

/**
 * Warns if another resource of the stack also holds the object of a diff, or had it deleted in this
 * run.
 */
export function warnIfShared({ ownership, log }: Environment, subject: string, id: string): void {
  if (ownership.isDeleted(id)) {
    log.once(
      `deleted ${id}`,
      `warning: ${subject} was deleted in this run for another resource of this stack that held it too. Run \`pulumi up --refresh\` to have it created again.`,
    );
  } else if (ownership.isShared(id)) {
    log.once(
      `shared ${id}`,
      `warning: two resources of this stack hold ${subject}. It is deleted for neither as long as the other one is in the program and \`pulumi up\` runs without --target. ` +
        "Keep one of them: `pulumi state delete <urn>` forgets the other one and leaves the object.",
    );
  }
}
