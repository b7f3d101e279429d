import type { Evidence } from "../api/types";
import type { Kept } from "./rules";

export interface State {
  /** 8 random bytes in hexadecimal: this browser's name towards the box. */
  client: string;
  /** The number that the next entry gets. */
  next: number;
}

/** Where entries wait. Every method is one transaction: it happened wholly or not at all. */
export interface Storage {
  readonly kind: "database" | "local" | "memory";
  state(): Promise<State>;
  /** Numbers and keeps one entry; when the promise resolves, a reload does not lose it. */
  append(evidence: Evidence, at: number): Promise<number>;
  /** The oldest entries, in order. */
  oldest(limit: number): Promise<Kept[]>;
  count(): Promise<number>;
  /** Forgets everything below `n`. */
  forgetBelow(n: number): Promise<void>;
  /** Gives this browser a new name and numbers what is kept from 1. */
  renumber(client: string): Promise<void>;
  /** True when `holder` may send until `until`: no other tab holds the right at `now`. */
  lease(holder: string, now: number, until: number): Promise<boolean>;
  release(holder: string): Promise<void>;
}

interface Lease {
  holder: string;
  until: number;
}

/** Eight random bytes, as hexadecimal. */
export function newClient(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function leaseAllows(lease: Lease | undefined, holder: string, now: number, until: number): boolean {
  if (!lease || lease.holder === holder || lease.until <= now) return true;
  // A lease that ends later than any of ours could was written before the clock was set back.
  return lease.until > until + 60_000;
}

// ---- IndexedDB ----

const ENTRIES = "entries";
const META = "meta";

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the transaction was aborted"));
    transaction.onerror = () => reject(transaction.error ?? new Error("the transaction failed"));
  });
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the request failed"));
  });
}

class DatabaseStorage implements Storage {
  readonly kind = "database";
  constructor(private database: IDBDatabase) {
    // Another tab with a newer app wants to change the tables: give way, the next call opens anew.
    database.onversionchange = () => database.close();
  }

  private write(): IDBTransaction {
    // Chrome 121 and later call a transaction complete before it is on the disk, unless told.
    const options = { durability: "strict" } as IDBTransactionOptions;
    return this.database.transaction([ENTRIES, META], "readwrite", options);
  }

  private readState(transaction: IDBTransaction, use: (state: State) => void) {
    const meta = transaction.objectStore(META);
    const request = meta.get("state");
    request.onsuccess = () => {
      let state = request.result as State | undefined;
      if (!state) {
        state = { client: newClient(), next: 1 };
        meta.put(state, "state");
      }
      use(state);
    };
  }

  async state(): Promise<State> {
    const transaction = this.write();
    let found: State = { client: "", next: 1 };
    this.readState(transaction, (state) => (found = state));
    await done(transaction);
    return found;
  }

  async append(evidence: Evidence, at: number): Promise<number> {
    const transaction = this.write();
    let n = 0;
    this.readState(transaction, (state) => {
      n = state.next;
      transaction.objectStore(ENTRIES).add({ n, at, evidence } satisfies Kept);
      transaction.objectStore(META).put({ ...state, next: n + 1 } satisfies State, "state");
    });
    await done(transaction);
    return n;
  }

  oldest(limit: number): Promise<Kept[]> {
    return result(this.database.transaction(ENTRIES).objectStore(ENTRIES).getAll(null, limit) as IDBRequest<Kept[]>);
  }

  count(): Promise<number> {
    return result(this.database.transaction(ENTRIES).objectStore(ENTRIES).count());
  }

  async forgetBelow(n: number): Promise<void> {
    const transaction = this.write();
    transaction.objectStore(ENTRIES).delete(IDBKeyRange.upperBound(n, true));
    await done(transaction);
  }

  async renumber(client: string): Promise<void> {
    const transaction = this.write();
    const entries = transaction.objectStore(ENTRIES);
    const request = entries.getAll() as IDBRequest<Kept[]>;
    request.onsuccess = () => {
      entries.clear();
      request.result.forEach((kept, index) => entries.add({ ...kept, n: index + 1 }));
      transaction.objectStore(META).put({ client, next: request.result.length + 1 } satisfies State, "state");
    };
    await done(transaction);
  }

  async lease(holder: string, now: number, until: number): Promise<boolean> {
    const transaction = this.write();
    const meta = transaction.objectStore(META);
    let allowed = false;
    const request = meta.get("lease") as IDBRequest<Lease | undefined>;
    request.onsuccess = () => {
      allowed = leaseAllows(request.result, holder, now, until);
      if (allowed) meta.put({ holder, until } satisfies Lease, "lease");
    };
    await done(transaction);
    return allowed;
  }

  async release(holder: string): Promise<void> {
    const transaction = this.write();
    const meta = transaction.objectStore(META);
    const request = meta.get("lease") as IDBRequest<Lease | undefined>;
    request.onsuccess = () => {
      if (request.result && request.result.holder === holder) meta.delete("lease");
    };
    await done(transaction);
  }
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open("schoolhouse-queue", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ENTRIES, { keyPath: "n" });
      request.result.createObjectStore(META);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the database did not open"));
    request.onblocked = () => reject(new Error("the database is blocked"));
  });
}

// ---- localStorage and memory: one text for each entry, one for the state ----

interface Texts {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  readonly length: number;
  key(index: number): string | null;
}

const PREFIX = "schoolhouse.queue.";

/** Keeps entries as texts. Tabs may race here, which the box's numbers make harmless but for a lost lease. */
class TextStorage implements Storage {
  constructor(
    readonly kind: "local" | "memory",
    private texts: Texts,
  ) {}

  private read<T>(key: string): T | undefined {
    const text = this.texts.getItem(PREFIX + key);
    if (text === null) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      return undefined;
    }
  }

  private write(key: string, value: unknown) {
    this.texts.setItem(PREFIX + key, JSON.stringify(value));
  }

  private numbers(): number[] {
    const found: number[] = [];
    for (let i = 0; i < this.texts.length; i++) {
      const key = this.texts.key(i);
      if (key && key.startsWith(`${PREFIX}entry.`)) found.push(Number(key.slice(PREFIX.length + 6)));
    }
    return found.sort((a, b) => a - b);
  }

  private now(): State {
    let state = this.read<State>("state");
    if (!state) {
      state = { client: newClient(), next: 1 };
      this.write("state", state);
    }
    return state;
  }

  async state(): Promise<State> {
    return this.now();
  }

  async append(evidence: Evidence, at: number): Promise<number> {
    const state = this.now();
    // The entry first: a full store then fails before the number is spent.
    this.write(`entry.${state.next}`, { n: state.next, at, evidence } satisfies Kept);
    this.write("state", { ...state, next: state.next + 1 });
    return state.next;
  }

  async oldest(limit: number): Promise<Kept[]> {
    return this.numbers()
      .slice(0, limit)
      .map((n) => this.read<Kept>(`entry.${n}`))
      .filter((kept): kept is Kept => kept !== undefined);
  }

  async count(): Promise<number> {
    return this.numbers().length;
  }

  async forgetBelow(n: number): Promise<void> {
    for (const held of this.numbers()) if (held < n) this.texts.removeItem(`${PREFIX}entry.${held}`);
  }

  async renumber(client: string): Promise<void> {
    const kept = await this.oldest(Infinity);
    for (const n of this.numbers()) this.texts.removeItem(`${PREFIX}entry.${n}`);
    kept.forEach((entry, index) => this.write(`entry.${index + 1}`, { ...entry, n: index + 1 }));
    this.write("state", { client, next: kept.length + 1 });
  }

  async lease(holder: string, now: number, until: number): Promise<boolean> {
    if (!leaseAllows(this.read<Lease>("lease"), holder, now, until)) return false;
    this.write("lease", { holder, until });
    return true;
  }

  async release(holder: string): Promise<void> {
    if (this.read<Lease>("lease")?.holder === holder) this.texts.removeItem(`${PREFIX}lease`);
  }
}

export function memoryStorage(): Storage {
  const map = new Map<string, string>();
  return new TextStorage("memory", {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    get length() {
      return map.size;
    },
    key: (index) => [...map.keys()][index] ?? null,
  });
}

export function textStorage(texts: Texts): Storage {
  return new TextStorage("local", texts);
}

export async function databaseStorage(factory: IDBFactory): Promise<Storage> {
  const storage = new DatabaseStorage(await openDatabase(factory));
  // Some private windows open a database and refuse to write to it.
  await storage.state();
  return storage;
}

/** The best storage that this browser lets us have. */
export async function openStorage(): Promise<Storage> {
  try {
    return await databaseStorage(indexedDB);
  } catch {
    try {
      const texts = localStorage;
      texts.setItem(`${PREFIX}trial`, "1");
      texts.removeItem(`${PREFIX}trial`);
      return textStorage(texts);
    } catch {
      return memoryStorage();
    }
  }
}
