/** What `contractTablesPlugin` makes, and `apps/portal/build/route-tables.ts` for the portal. */
declare module 'virtual:azora-routes' {
  import type { FileOperation, Operation, Route } from '@azora/web/calls/operations.ts'

  /** Method and path by operation: of all, or in the portal of those that its sources name. */
  export const routes: Readonly<Record<Operation, Route>>
  /** The paths of the operations to which a file is sent. */
  export const uploads: Readonly<Record<FileOperation, string>>
}

declare module 'virtual:azora-account-routes' {
  import type { Operation, Route } from '@azora/web/calls/operations.ts'

  /** Of the operations that the pages of signing in and of one's account name besides. */
  export const accountRoutes: Readonly<Partial<Record<Operation, Route>>>
}

declare module 'virtual:azora-services' {
  import type { ServiceName } from '@azora/contracts/service-names.ts'

  export const services: readonly { name: ServiceName; title: string; about: string }[]
}
