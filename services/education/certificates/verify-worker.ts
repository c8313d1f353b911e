import { verifyCredential } from '@azora/credential/verify-credential.ts'
import { answerJobs } from '@azora/kit/worker.ts'
// Loaded before the first job, whose time is limited; checking loads it only where a signature is reached.
import 'jsonld'

/** The thread that checks credentials: see check-certificate.ts. */

answerJobs((credential: Record<string, unknown>) => verifyCredential(credential))
