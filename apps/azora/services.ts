import { identifierOf } from '@azora/contracts/service.ts'
import { type ServiceName, serviceNames } from '@azora/contracts/service-names.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'

/** The code of a service is found by its name: `services/study-hall/service.ts` exports `studyHall`. */
async function load(name: ServiceName): Promise<ServiceDefinition> {
  const file = new URL(`../../services/${name}/service.ts`, import.meta.url)
  const definition = (await import(file.href))[identifierOf(name)] as ServiceDefinition | undefined
  if (definition?.name !== name)
    throw new Error(`services/${name}/service.ts must export ${identifierOf(name)} with the name ${name}.`)
  return definition
}

/** Every service of the installation: those of `contracts/registry.ts`. */
export const services: readonly ServiceDefinition[] = await Promise.all(serviceNames.map(load))
