/** A condition that an object is to meet. It only decides: a wait reads, logs and throws. */
export interface Condition<T extends object> {
  /** For messages, after the name of the object: `to settle`. */
  readonly goal: string;
  readonly isMet: (seen: T) => boolean;
  /**
   * Why an object can no longer meet the condition, as a predicate for messages:
   * `ended in status ERROR. ...`. Undefined while it can; default: it always can.
   */
  readonly failure?: (seen: T) => string | undefined;
  /** When the verdict about an unchanged object may change, by the clock; default: never. */
  readonly changesAt?: number;
  /** The changes that the cloud has confirmed so far, for messages: `DELETE was accepted.` */
  readonly confirmation: string;
  /** The advice to the user after a timeout. */
  readonly advice: (lastStatus: string | undefined) => string;
}
