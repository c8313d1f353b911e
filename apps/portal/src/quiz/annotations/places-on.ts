import type { Annotation } from '@azora/contracts/assessment/annotation.ts'

/** The places of one picture that have a comment, with their numbers among all of the answer. */
export const placesOn = (annotations: Annotation[], fileId: string) =>
  annotations.flatMap((one, at) =>
    one.on === 'picture' && one.fileId === fileId ? [{ ...one, number: at + 1 }] : [],
  )

/** The same of the pages of a PDF. */
export const pagesOn = (annotations: Annotation[], fileId: string) =>
  annotations.flatMap((one, at) =>
    one.on === 'page' && one.fileId === fileId ? [{ ...one, number: at + 1 }] : [],
  )
