import { deviceOf } from '@azora/kit/device-name.ts'
import type { SessionRow } from './own-sessions.store.ts'
import { placeOf } from './places.ts'

/** Sessions as people read them. */
export function sessionRecords(rows: SessionRow[], currentId: string) {
  return Promise.all(
    rows.map(async ({ userAgent, ...row }) => ({
      ...row,
      device: deviceOf(userAgent),
      place: await placeOf(row.ip),
      current: row.id === currentId,
    })),
  )
}
