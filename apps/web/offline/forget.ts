import { courseCachePrefix, databaseName, draftPrefix, knownAccountKey, pagesCache } from './caches.ts'

/** Deletes what this device kept of a person, as when they sign out: of their school, and what they were writing. */
export async function forgetEverything(): Promise<void> {
  forgetDrafts(localStorage)
  localStorage.removeItem(knownAccountKey)
  await forgetSchool()
}

/** Deletes the texts of lessons that were not saved yet. */
export function forgetDrafts(shelf: Pick<Storage, 'length' | 'key' | 'removeItem'>): void {
  const keys = Array.from({ length: shelf.length }, (_, at) => shelf.key(at))
  for (const key of keys) if (key?.startsWith(draftPrefix)) shelf.removeItem(key)
}

/** Deletes the pages, courses, answers and waiting progress that this device kept. */
export async function forgetSchool(): Promise<void> {
  if ('caches' in globalThis)
    for (const name of await caches.keys())
      if (name === pagesCache || name.startsWith(courseCachePrefix)) await caches.delete(name)
  await new Promise<void>(resolve => {
    const request = indexedDB.deleteDatabase(databaseName)
    // Another tab that holds the database open lets go when it sees `versionchange`; the deletion then follows.
    request.onsuccess = request.onerror = request.onblocked = () => resolve()
  })
}
