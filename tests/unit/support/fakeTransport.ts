import { Transport, type Answer, type Request } from "../../../provider/http/transport";
import { Log } from "../../../provider/log";

/** What a {@link FakeTransport} answers; an Error is thrown instead. */
export type Reply = Partial<Answer> | Error;

/** A transport without a network: every request gets what a function makes of it. */
export class FakeTransport extends Transport {
  /** Every request so far. */
  readonly requests: Request[] = [];

  /** `reply` gets a request and its number, from 1 on; an answer is 200 if it says nothing else. */
  constructor(private readonly reply: (request: Request, count: number) => Reply) {
    super({}, new Log(() => undefined));
  }

  /** Answers with these one after the other; the last one repeats. */
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
