import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Seals single fields at rest with AES-256-GCM. A sealed text is `v1.<key id>.<nonce>.<tag>.<cipher text>` in
 * base64url. The key id names which installation key sealed it, so that keys can rotate: new values are sealed
 * under the first key, old ones open under theirs. `context` (table, column, row) is authenticated with the
 * value, so a sealed text copied to another row does not open there.
 */
export type Sealing = {
  seal(plain: string, context: string): string
  /** @throws when the text was changed, belongs elsewhere, or its key is gone. */
  open(sealed: string, context: string): string
}

/** @param secrets the installation's secrets, the current one first; each at least 32 characters. */
export function createSealing(secrets: string[]): Sealing {
  const keys = secrets.map(secret => ({
    id: Buffer.from(hkdfSync('sha256', secret, '', 'azora field key id', 6)).toString('base64url'),
    key: Buffer.from(hkdfSync('sha256', secret, '', 'azora field key', 32)),
  }))
  const current = keys[0]
  if (!current) throw new Error('Sealing needs a secret.')
  return {
    seal(plain, context) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce)
      cipher.setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return [
        'v1',
        current.id,
        nonce.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
        sealed.toString('base64url'),
      ].join('.')
    },
    open(sealed, context) {
      const [version, id, nonce, tag, text] = sealed.split('.')
      const key = keys.find(candidate => candidate.id === id)
      if (version !== 'v1' || !nonce || !tag || text === undefined) throw new Error('Not a sealed value.')
      if (!key) throw new Error(`The key ${id} that sealed this value is not configured.`)
      const decipher = createDecipheriv('aes-256-gcm', key.key, Buffer.from(nonce, 'base64url'), {
        // Unsaid, a tag cut to four bytes would do, and those can be guessed.
        authTagLength: 16,
      })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString(
        'utf8',
      )
    },
  }
}
