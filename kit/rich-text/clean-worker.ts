import { answerJobs } from '../worker.ts'
import { cleanHere } from './clean.ts'

/** The thread that cleans long HTML: see clean.ts. */

answerJobs(cleanHere)
