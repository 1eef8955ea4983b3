import type { Context } from "./resource";

/** Logs what to check about an object that is DOWN, once for each type and dialect. */
export function logDownChecklist({ resource, dialect, log }: Context): void {
  const checklist = resource.downChecklist?.(dialect);
  if (checklist === undefined) return;
  log.once(`down checklist ${resource.definition.kind} ${dialect}`, checklist);
}
