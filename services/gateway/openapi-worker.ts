import { answerJobs } from '@azora/kit/worker.ts'
import { createReference } from './openapi.ts'
import type { ReferenceOrder } from './openapi-in-thread.ts'

/** The thread that describes the API: see openapi-in-thread.ts. */

answerJobs(({ serverUrl, version, limits }: ReferenceOrder) => createReference(serverUrl, version, limits)())
