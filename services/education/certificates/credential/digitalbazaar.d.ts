/** What the tests use of the independent verifier; its packages publish no types. */

declare module '@digitalbazaar/vc' {
  type Result = { verified: boolean; error?: Error & { errors?: Error[] } }
  type Options = {
    credential: object
    suite: unknown
    documentLoader: (url: string) => Promise<object>
    now?: Date
  }
  export function issue<Credential>(options: Options & { credential: Credential }): Promise<Credential>
  export function verifyCredential(options: Options): Promise<Result>
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: unknown; signer?: unknown; date?: string })
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown
}

declare module '@digitalbazaar/ed25519-multikey' {
  type KeyPair = { id: string; controller: string; publicKeyMultibase: string; signer(): unknown }
  export function generate(options: { seed: Uint8Array }): Promise<KeyPair>
}
