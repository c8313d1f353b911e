/** Why a certificate was revoked, as far as everyone may know. None of them blames anyone. */
export const revocationReasons = [
  'issued_in_error',
  'details_wrong',
  'requirements_not_met',
  'other',
] as const

export type RevocationReason = (typeof revocationReasons)[number]
