import { isPassing } from "../wait/repeat";
import { type Glance, type Glimpse, Watcher, type Watched } from "../wait/watcher";
import type { Api } from "./api";
import type { Collection, WireObject } from "./collection";
import { Gather } from "./gather";
import { queriesFor } from "./lists";
import { type ReadCalls, Reads } from "./reads";
import { statusQuery } from "./statusQuery";
import type { Writes } from "./writes";

/** What the clients of one cloud share, by collection, so that what many ask for goes together. */
export class Shared {
  private readonly allReads = new Map<string, Reads>();
  private readonly allNames = new Map<string, Gather<readonly WireObject[]>>();
  private readonly watchers = new Map<string, Watcher>();
  /** The server takes one name at a time only. */
  private areNamesRefused = false;

  constructor(
    private readonly api: Api,
    readonly writes: Writes,
  ) {}

  reads(place: Collection): Reads {
    const { api } = this;
    return of(this.allReads, place, () => {
      const calls: ReadCalls = {
        get: (id, deadline) => api.object(place, id, deadline),
        list: (query, deadline) => api.page(place, query, { deadline }, "part"),
        clock: api.room.clock,
      };
      return new Reads(calls, this.writes);
    });
  }

  /** Objects by name. */
  names(place: Collection): Gather<readonly WireObject[]> {
    return of(this.allNames, place, () => {
      return new Gather<readonly WireObject[]>(this.api.room.clock, (names, deadline) =>
        this.together(place, names, deadline),
      );
    });
  }

  watcher(place: Collection): Watcher {
    return of(this.watchers, place, () => {
      return new Watcher(this.api.room, (watched, patience) =>
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
        if (names.length === 1 || isPassing(error)) throw error;
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
    watched: readonly Watched[],
    patience: Parameters<Glance>[1],
  ): Promise<Glimpse> {
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
