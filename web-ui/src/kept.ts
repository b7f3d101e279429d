/**
 * What a tablet keeps of the student who is signed in, so that a reload while the box is away still shows the
 * lesson: who it is, the school, the loaded activities, drafts. All of it goes when the student is done.
 * Unsent answers are not here but in the queue, which names nobody.
 */
const DATABASE = "schoolhouse-kept";
const TABLE = "kept";

let opening: Promise<IDBDatabase | null> | null = null;

function open(): Promise<IDBDatabase | null> {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => void request.result.createObjectStore(TABLE);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opening;
}

/** Runs one request; a tablet that keeps nothing (a private window) is no error, it only helps less. */
async function run<T>(mode: IDBTransactionMode, use: (table: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(TABLE, mode);
      const request = use(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request.result as T);
      transaction.onabort = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

export function keepValue(key: string, value: unknown): Promise<unknown> {
  return run("readwrite", (table) => table.put(value, key));
}

export function keptValue<T>(key: string): Promise<T | undefined> {
  return run<T>("readonly", (table) => table.get(key));
}

export function forgetValue(key: string): Promise<unknown> {
  return run("readwrite", (table) => table.delete(key));
}

/** Forgets everything about the student. */
export function forgetAll(): Promise<unknown> {
  return run("readwrite", (table) => table.clear());
}
