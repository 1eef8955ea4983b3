import { isTransient } from "../wait/retry";
import {
  type ListStatuses,
  type StatusSnapshot,
  StatusPoller,
  type PolledObject,
} from "../wait/statusPoller";
import type { Api } from "./api";
import type { Collection, WireObject } from "./collection";
import { BatchLoader } from "./batchLoader";
import { queriesFor } from "./listQueries";
import { type ReadCalls, ObjectLoader } from "./objectLoader";
import { statusQuery } from "./statusQuery";
import type { WriteCounter } from "./writeCounter";

/** What the clients of one cloud share, by collection, so that what many ask for goes together. */
export class SharedLoaders {
  private readonly allReads = new Map<string, ObjectLoader>();
  private readonly allNames = new Map<string, BatchLoader<readonly WireObject[]>>();
  private readonly watchers = new Map<string, StatusPoller>();
  /** The server takes one name at a time only. */
  private areNamesRefused = false;

  constructor(
    private readonly api: Api,
    readonly writes: WriteCounter,
  ) {}

  reads(place: Collection): ObjectLoader {
    const { api } = this;
    return of(this.allReads, place, () => {
      const calls: ReadCalls = {
        get: (id, deadline) => api.object(place, id, deadline),
        list: (query, deadline) => api.page(place, query, { deadline }, "part"),
        clock: api.room.clock,
      };
      return new ObjectLoader(calls, this.writes);
    });
  }

  /** Objects by name. */
  names(place: Collection): BatchLoader<readonly WireObject[]> {
    return of(this.allNames, place, () => {
      return new BatchLoader<readonly WireObject[]>(this.api.room.clock, (names, deadline) =>
        this.together(place, names, deadline),
      );
    });
  }

  poller(place: Collection): StatusPoller {
    return of(this.watchers, place, () => {
      return new StatusPoller(this.api.room, (watched, patience) =>
        this.statuses(place, watched, patience),
      );
    });
  }

  /** Objects of that name; every page is asked for once. */
  async named(place: Collection, name: string, deadline: number): Promise<readonly WireObject[]> {
    return (await this.allNamed(place, [name], deadline))[0]!;
  }

  private async together(
    place: Collection,
    names: readonly string[],
    deadline: number,
  ): Promise<(readonly WireObject[] | Promise<readonly WireObject[]>)[]> {
    if (!this.areNamesRefused) {
      try {
        return await this.allNamed(place, names, deadline);
      } catch (error) {
        if (names.length === 1 || isTransient(error)) throw error;
        this.areNamesRefused = true;
      }
    }
    return names.map((name) => this.named(place, name, deadline));
  }

  private async allNamed(
    place: Collection,
    names: readonly string[],
    deadline: number,
  ): Promise<WireObject[][]> {
    const objects = new Map<string, WireObject>();
    for (const query of queriesFor("name", names)) {
      for await (const { rows } of this.api.pages(place, query, { deadline, attempts: 1 })) {
        for (const row of rows) objects.set(row.id, row);
      }
    }
    return names.map((name) => [...objects.values()].filter((one) => one["name"] === name));
  }

  private async statuses(
    place: Collection,
    watched: readonly PolledObject[],
    patience: Parameters<ListStatuses>[1],
  ): Promise<StatusSnapshot> {
    const statuses = new Map<string, string>();
    let [requests, tookMs] = [0, 0];
    const pages = this.api.pages(place, statusQuery(watched), { ...patience, attempts: 1 });
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

function of<T>(all: Map<string, T>, { collection }: Collection, make: () => T): T {
  const one = all.get(collection) ?? make();
  all.set(collection, one);
  return one;
}
