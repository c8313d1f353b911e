import { answerJobs } from '@azora/kit/worker.ts'
import { figures } from './figures.ts'
import type { FigureOrder } from './figures-in-thread.ts'

/** The thread that works out figures: see figures-in-thread.ts. */

answerJobs(({ name, asked }: FigureOrder) => figures[name](asked))
