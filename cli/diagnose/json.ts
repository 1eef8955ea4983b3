import type { Diagnosis } from "../../provider/diagnose/diagnose";

/** The diagnoses as JSON; docs/reference/diagnose.md describes it. */
export function diagnosisJson(diagnoses: readonly Diagnosis[]): string {
  return `${JSON.stringify({ version: 1, tunnels: diagnoses }, undefined, 2)}\n`;
}
