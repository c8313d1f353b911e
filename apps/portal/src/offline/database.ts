import { databaseName } from '@azora/web/offline/caches.ts'

/** Progress that waits to be sent, by lesson; answers that wait to be sent, by attempt. */
export type StoreName = 'progress' | 'answers'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('progress')
      request.result.createObjectStore('answers')
    }
    request.onsuccess = () => {
      // Another tab signs out and deletes the database: let go of it, or the deletion waits for this page.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
  })
}

/** Runs one request in its own transaction and waits until it is on the disk. */
async function run<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' })
      const request = ask(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error)
    })
  } finally {
    database.close()
  }
}

export const keep = (store: StoreName, key: string, value: unknown) =>
  run(store, 'readwrite', at => at.put(value, key))

export const fetchKept = <T>(store: StoreName, key: string) =>
  run<T | undefined>(store, 'readonly', at => at.get(key))

export const drop = (store: StoreName, key: string) => run(store, 'readwrite', at => at.delete(key))

export const keysKept = (store: StoreName) => run(store, 'readonly', at => at.getAllKeys())
