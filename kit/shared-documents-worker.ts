import { type Combining, combineHere } from './shared-documents-combine.ts'
import { answerJobs } from './worker.ts'

/** The thread of shared-documents-in-thread.ts. */
answerJobs((job: Combining) => combineHere(job))
