import { type Day, dayAt } from '@azora/billing/calendar/day.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'

/** The day that it is at the school's clocks. */
export async function schoolDay(db: Queryable, now: Date): Promise<Day> {
  const { settings } = await taxSettingsOf(db)
  return dayAt(now, settings.timeZone)
}

/** The latest day that it is anywhere: what is due nowhere yet is not looked at. */
export const latestDay = (now: Date): Day => dayAt(now, 'Pacific/Kiritimati')
