/** What `contractRoutesPlugin` makes. */
declare module 'virtual:azora-routes' {
  import type { Operation, Route } from '@azora/web/calls/operations.ts'

  export const routes: Readonly<Record<Operation, Route>>
}
