import type { picture } from '@azora/contracts/assessment/question-types/picture.ts'
import type { z } from 'zod'

/** What is wrong with the picture of a question, or null. */
export function faultOfPicture(shown: z.infer<typeof picture>) {
  if (!shown) return 'picture_missing' as const
  return shown.alt.trim() === '' ? ('picture_undescribed' as const) : null
}
