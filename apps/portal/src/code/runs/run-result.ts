import type { EventOf } from '@azora/web/calls/operations.ts'

/** What a run of a program came to, as it is told as soon as it has ended. */
export type RunResult = EventOf<'assessment.runProgram'>
