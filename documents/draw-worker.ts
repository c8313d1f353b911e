import { answerJobs } from '@azora/kit/worker.ts'
import { UnmakeableDocument } from './bounds.ts'
import type { BillingDocument } from './document.ts'
import { drawDocument } from './draw-document.ts'
import { openFonts } from './fonts/fonts.ts'

/** The thread that draws documents: see make-document.ts. */

export type Drawn = { pdf: Uint8Array } | { wrong: string }

// Before the first job, whose time is limited.
openFonts()

answerJobs(async (document: BillingDocument): Promise<Drawn> => {
  try {
    return { pdf: await drawDocument(document) }
  } catch (failure) {
    if (failure instanceof UnmakeableDocument) return { wrong: failure.message }
    throw failure
  }
})
