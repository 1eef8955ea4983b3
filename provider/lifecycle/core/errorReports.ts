import { CanceledError, PartialFailureError, VpnaasError } from "../../errors";

/**
 * The errors that operations of this process have reported. Many resources fail for one cause, such as a
 * refused login or an unreachable cloud: the first reports it in full, the others refer to it.
 */
export class ErrorReports {
  /** The first resource with an error, by the cause. */
  private readonly subjects = new Map<string, string>();

  /**
   * Runs an operation of a resource with that display name.
   * @throws the error of the operation, shortened if another resource has reported its cause in full
   */
  async reporting<T>(subject: string, operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      if (!VpnaasError.isInstance(error)) throw error;
      throw this.shortened(subject, error);
    }
  }

  private shortened(subject: string, error: VpnaasError): VpnaasError {
    if (OF_ONE_RESOURCE.some((type) => type.isInstance(error))) return error;
    const cause = causeOf(error.message);
    const first = this.subjects.get(cause);
    if (first === undefined) this.subjects.set(cause, subject);
    if (first === undefined || first === subject) return error;
    return new VpnaasError(`The same as for ${first}: ${firstSentence(error.message)}`);
  }
}

/** A partial failure describes its object, a cancellation its own request. */
const OF_ONE_RESOURCE = [PartialFailureError, CanceledError] as const;

/** Messages of one cause differ in the ids of requests. */
function causeOf(message: string): string {
  return message.split(/\breq-[0-9a-f-]+/).join();
}

/** A period ends a sentence if a space and a capital letter follow. */
function firstSentence(message: string): string {
  return /[\s\S]*?\.(?= [A-Z])/.exec(message)?.[0] ?? message;
}
