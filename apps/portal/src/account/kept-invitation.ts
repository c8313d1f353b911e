const key = 'azora_invitation'

/** Keeps the token of an invitation in this tab while its owner signs in; the fragment does not come along. */
export function keepInvitation(token: string): void {
  sessionStorage.setItem(key, token)
}

export function readKeptInvitation(): string | null {
  return sessionStorage.getItem(key)
}

export function forgetInvitation(): void {
  sessionStorage.removeItem(key)
}
