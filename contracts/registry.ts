/**
 * The services of an installation, one line each. Everything that goes by service derives from here: routes, settings,
 * parts of a cluster, scopes, events, personal data, what the applications list, and which code is started.
 *
 * Two stand above: the contract of auth names the scopes of all services, and that of integrations their events.
 * `service-names.ts` and `contract.ts` add them.
 */
export { assessment } from './assessment.ts'
export { education } from './education.ts'
export { mint } from './mint.ts'
export { payments } from './payments.ts'
