import type { OutputOf } from '@azora/web/calls/operations.ts'

/** A person with how they sign in and where they are signed in. */
export type WholePerson = OutputOf<'auth.getPerson'>
