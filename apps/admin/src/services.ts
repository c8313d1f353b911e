import { services as described } from 'virtual:azora-services'

/** The names of all services. */
export const services = described.map(({ name }) => name)
