import { isTransient } from "../wait/retry";
import type { ListStatuses, StatusSnapshot, PolledObject } from "../wait/statusList";
import { StatusPoller } from "../wait/statusPoller";
import type { Api } from "./api";
import type { OperationLimits } from "./requestSender";
import type { Collection, WireObject } from "./collection";
import { BatchLoader } from "./batchLoader";
import type { ReadCalls } from "./bulkReader";
import { queriesFor } from "./listQueries";
import { ObjectLoader } from "./objectLoader";
import { statusQuery } from "./statusQuery";
import type { WriteCounter } from "./writeCounter";

/**
 * The loaders and pollers that the clients of one cloud share, by collection, to batch their
 * requests. A cancellation of one operation ends none of these requests: others wait for them.
 */
export class SharedLoaders {
  private readonly objectLoaders = new Map<string, ObjectLoader>();
  private readonly nameLoaders = new Map<string, BatchLoader<readonly WireObject[]>>();
  private readonly pollers = new Map<string, StatusPoller>();
  /** The server accepts only one name at a time. */
  private areNamesRefused = false;

  constructor(
    private readonly api: Api,
    readonly writes: WriteCounter,
  ) {}

  objectLoader(collection: Collection): ObjectLoader {
    const { api } = this;
    return getOrCreate(this.objectLoaders, collection, () => {
      const calls: ReadCalls = {
        get: (id, deadline) => api.object(collection, id, { deadline }),
        list: (query, deadline) => api.page(collection, query, { deadline }, "part"),
        clock: api.environment.clock,
      };
      return new ObjectLoader(calls, this.writes);
    });
  }

  /** Objects by name. */
  nameLoader(collection: Collection): BatchLoader<readonly WireObject[]> {
    return getOrCreate(this.nameLoaders, collection, () => {
      return new BatchLoader<readonly WireObject[]>(this.api.environment.clock, (names, deadline) =>
        this.loadNames(collection, names, deadline),
      );
    });
  }

  poller(collection: Collection): StatusPoller {
    return getOrCreate(this.pollers, collection, () => {
      return new StatusPoller(this.api.environment, (watched, budget) =>
        this.statuses(collection, watched, budget),
      );
    });
  }

  /** The objects with that name; pages are not retried. */
  async listByName(
    collection: Collection,
    name: string,
    limits: OperationLimits,
  ): Promise<readonly WireObject[]> {
    return (await this.listByNames(collection, [name], limits))[0]!;
  }

  private async loadNames(
    collection: Collection,
    names: readonly string[],
    deadline: number,
  ): Promise<(readonly WireObject[] | Promise<readonly WireObject[]>)[]> {
    if (!this.areNamesRefused) {
      try {
        return await this.listByNames(collection, names, { deadline });
      } catch (error) {
        if (names.length === 1 || isTransient(error)) throw error;
        this.areNamesRefused = true;
      }
    }
    return names.map((name) => this.listByName(collection, name, { deadline }));
  }

  private async listByNames(
    collection: Collection,
    names: readonly string[],
    limits: OperationLimits,
  ): Promise<WireObject[][]> {
    const objects = new Map<string, WireObject>();
    for (const query of queriesFor("name", names)) {
      for await (const { rows } of this.api.pages(collection, query, { ...limits, attempts: 1 })) {
        for (const row of rows) objects.set(row.id, row);
      }
    }
    return names.map((name) => [...objects.values()].filter((one) => one["name"] === name));
  }

  private async statuses(
    collection: Collection,
    watched: readonly PolledObject[],
    budget: Parameters<ListStatuses>[1],
  ): Promise<StatusSnapshot> {
    const statuses = new Map<string, string>();
    let [requests, tookMs] = [0, 0];
    const pages = this.api.pages(collection, statusQuery(watched), { ...budget, attempts: 1 });
    for await (const { rows, tookMs: pageMs } of pages) {
      requests += 1;
      tookMs += pageMs;
      for (const { id, status } of rows) {
        if (typeof status === "string") statuses.set(id, status);
      }
    }
    return { statuses, requests, tookMs };
  }
}

function getOrCreate<T>(all: Map<string, T>, { path }: Collection, create: () => T): T {
  const one = all.get(path) ?? create();
  all.set(path, one);
  return one;
}
