import { answerJobs } from '@azora/kit/worker.ts'
import { type Compared, compareTexts } from './compare-texts.ts'

/** The thread that compares answers: see compare-in-thread.ts. */

answerJobs((order: Compared) => compareTexts(order))
