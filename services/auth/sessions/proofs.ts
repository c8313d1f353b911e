/** The first proof that someone gave; an invitation or the code of a registration came to their address. */
export type SignInMethod =
  | 'password'
  | 'passkey'
  | 'registration'
  | 'invitation'
  | 'google'
  | 'github'
  | 'apple'
export type SecondFactor = 'totp' | 'recovery_code' | 'passkey'
