/** A folder that may hold an engine, and how to speak of it. */
export interface Place {
  bin: string;
  found: string;
}
