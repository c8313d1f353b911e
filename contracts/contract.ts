import { assessmentContract } from './assessment.ts'
import { authContract } from './auth.ts'
import { educationContract, educationFiles } from './education.ts'

/** Every service's operations: what routes, validation, clients, the reference and the gateway's table derive from. */
export const contract = {
  auth: authContract,
  education: educationContract,
  assessment: assessmentContract,
}

/** The operations that stream a file instead of JSON, by service. */
export const fileContract = { education: educationFiles }

export type ServiceName = keyof typeof contract
