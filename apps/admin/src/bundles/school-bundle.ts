import type { OutputOf } from '@azora/web/calls/operations.ts'

/** A bundle as those see it who keep the school's books. */
export type SchoolBundle = OutputOf<'payments.listSchoolBundles'>['items'][number]
