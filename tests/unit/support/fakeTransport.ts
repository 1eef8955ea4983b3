import { Transport, type Answer, type Request } from "../../../provider/http/transport";
import { Log } from "../../../provider/log";

/** A response of a {@link FakeTransport}; an Error is thrown instead. */
export type Reply = Partial<Answer> | Error;

/** A transport without a network: a function makes the response to every request. */
export class FakeTransport extends Transport {
  /** Every request so far. */
  readonly requests: Request[] = [];

  /** `reply` gets a request and its number, from 1 on; the default status of a response is 200. */
  constructor(private readonly reply: (request: Request, count: number) => Reply) {
    super({}, new Log(() => undefined));
  }

  /** Responds with these in order; the last one repeats. */
  static of(...replies: readonly Reply[]): FakeTransport {
    return new FakeTransport((_request, count) => replies[Math.min(count, replies.length) - 1]!);
  }

  override send(request: Request): Promise<Answer> {
    this.requests.push(request);
    const reply = this.reply(request, this.requests.length);
    if (reply instanceof Error) return Promise.reject(reply);
    return Promise.resolve({ status: 200, headers: {}, body: undefined, tookMs: 0, ...reply });
  }
}
