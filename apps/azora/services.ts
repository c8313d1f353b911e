import type { ServiceDefinition } from '@azora/kit/service.ts'
import { assessment } from '@azora/service-assessment/service.ts'
import { auth } from '@azora/service-auth/service.ts'
import { education } from '@azora/service-education/service.ts'
import { integrations } from '@azora/service-integrations/service.ts'

/** Every service of the installation. A new one is its folder, its contract, and its name here. */
export const services: ServiceDefinition[] = [auth, education, assessment, integrations]
