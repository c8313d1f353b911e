import { call } from '../lib/account-api.browser.ts'

/** Shows the page anew after a change in how one signs in, with tokens that know of it. */
export async function showRenewed(): Promise<void> {
  await call('auth.refresh', {})
  // Without what a provider's visit left in the address.
  location.replace('/account/security')
}
