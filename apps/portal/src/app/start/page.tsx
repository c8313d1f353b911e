import { redirect } from 'next/navigation'
import { landingOf, startAddress } from '../../lib/landing.ts'
import { requireAccount } from '../../lib/session.server.ts'

/** Leads everybody to where their work is. */
export default async function StartPage() {
  return redirect(landingOf(await requireAccount(startAddress)))
}
