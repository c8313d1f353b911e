import { openDatabase, type WaitingFile } from './database.ts'

/** Files of answers that are kept on this device until the server has them. They go with the rest when one signs out. */

async function withFiles<T>(
  work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> {
  const database = await openDatabase()
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

export const keepFile = (file: WaitingFile) => withFiles(database => database.put('files', file))

export const forgetFile = (id: string) => withFiles(database => database.delete('files', id))

/** Those of an attempt, in the order in which they were added. */
export const waitingFiles = (submissionId: string) =>
  withFiles(async database =>
    (await database.getAllFromIndex('files', 'submissionId', submissionId)).sort(
      (a, b) => a.addedAt - b.addedAt,
    ),
  )
