import { courseCachePrefix, databaseName, pagesCache } from './caches.ts'

/** Deletes the pages, courses, answers and waiting progress that this device kept. */
export async function forgetEverything(): Promise<void> {
  if ('caches' in globalThis)
    for (const name of await caches.keys())
      if (name === pagesCache || name.startsWith(courseCachePrefix)) await caches.delete(name)
  await new Promise<void>(resolve => {
    const request = indexedDB.deleteDatabase(databaseName)
    // Another tab that holds the database open lets go when it sees `versionchange`; the deletion then follows.
    request.onsuccess = request.onerror = request.onblocked = () => resolve()
  })
}
