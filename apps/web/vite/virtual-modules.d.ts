/** What `contractTablesPlugin` makes. */
declare module 'virtual:azora-routes' {
  import type { Operation, Route } from '@azora/web/calls/operations.ts'

  export const routes: Readonly<Record<Operation, Route>>
}

declare module 'virtual:azora-services' {
  import type { ServiceName } from '@azora/contracts/service-names.ts'

  export const services: readonly { name: ServiceName; title: string; about: string }[]
}
