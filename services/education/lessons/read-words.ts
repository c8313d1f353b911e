import { eachAlone } from '@azora/kit/each-alone.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { readContent, wordsOf } from './lesson-content.ts'
import { selectUnreadLessons, updateWords } from './lessons.store.ts'

/**
 * Lessons from before search knew their words are read a batch at a time: their texts may be kept outside the database,
 * where no migration reaches. May run twice; a lesson that is saved meanwhile keeps its newer words.
 */
export async function readUnreadWords({
  db,
  documents,
}: Pick<ServiceKit, 'db' | 'documents'>): Promise<void> {
  await eachAlone(
    await selectUnreadLessons(db.across, 500),
    async ({ id, organizationId, contentId }) => {
      const words = wordsOf(await readContent(documents, organizationId, contentId))
      await updateWords(db.in(organizationId), { id, contentId, words })
    },
    'lessons were not read',
  )
}
