import { assessmentContract } from './assessment.ts'
import { authContract, authFiles } from './auth.ts'
import { educationContract, educationFiles } from './education.ts'
import { integrationsContract } from './integrations.ts'
import { educationV2 } from './v2/education.ts'

/** Every service's operations: what routes, validation, clients, the reference and the gateway's table derive from. */
export const contract = {
  auth: authContract,
  education: educationContract,
  assessment: assessmentContract,
  integrations: integrationsContract,
}

/** The operations that stream a file instead of JSON, or answer a browser in its own way, by service. */
export const fileContract = { auth: authFiles, education: educationFiles }

/** What the second version of the API changed; whatever it does not name is asked for in the first. */
export const contractV2 = { education: educationV2 }

/** The versions of the API, by the segment of the address in which they stand: `/api/<version>/…`. */
export const versions = {
  v1: { contract, files: fileContract },
  v2: { contract: contractV2, files: {} },
} as const

export type Version = keyof typeof versions

export type ServiceName = keyof typeof contract
