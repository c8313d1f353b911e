import { assessmentContract } from './assessment.ts'
import { authContract, authFiles } from './auth.ts'
import { educationContract, educationFiles } from './education.ts'
import { integrationsContract } from './integrations.ts'

/** Every service's operations: what routes, validation, clients, the reference and the gateway's table derive from. */
export const contract = {
  auth: authContract,
  education: educationContract,
  assessment: assessmentContract,
  integrations: integrationsContract,
}

/** The operations that stream a file instead of JSON, or answer a browser in its own way, by service. */
export const fileContract = { auth: authFiles, education: educationFiles }

export type ServiceName = keyof typeof contract
