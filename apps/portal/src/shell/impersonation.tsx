'use client'
import { ImpersonationBanner } from '@azora/web/session/impersonation-banner.tsx'
import { call } from '../lib/api.browser.ts'

/** Says that an administrator looks through this person's eyes, and ends it. */
export function Impersonation({ name, admin }: { name: string; admin: string }) {
  return <ImpersonationBanner call={call} name={name} admin={admin} />
}
