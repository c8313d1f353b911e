import { OauthRefusal } from './oauth-refusal.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export type ClientCredentials = { clientId: string; secret: string }

/** One half of Basic credentials: base64 holds it form-encoded (RFC 6749, 2.3.1). */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new OauthRefusal('invalid_client')
  }
}

function readBasic(authorization: string): ClientCredentials {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1]
  if (!encoded) throw new OauthRefusal('invalid_client')
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 1) throw new OauthRefusal('invalid_client')
  return { clientId: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) }
}

/**
 * What a client says of itself: by HTTP Basic or in the form, and in one of the two ways alone (RFC 6749, 2.3).
 * @throws OauthRefusal `invalid_request` for both, `invalid_client` for neither or what cannot be a client's.
 */
export function readClientCredentials(
  authorization: string | null,
  form: Record<string, string>,
): ClientCredentials {
  const inForm = form.client_secret !== undefined
  if (authorization !== null) {
    if (inForm) throw new OauthRefusal('invalid_request', 'The client authenticates in two ways at once.')
    const found = readBasic(authorization)
    if (form.client_id !== undefined && form.client_id !== found.clientId)
      throw new OauthRefusal('invalid_request', 'The form names another client than the header.')
    return checked(found)
  }
  if (!inForm || form.client_id === undefined) throw new OauthRefusal('invalid_client')
  return checked({ clientId: form.client_id, secret: form.client_secret as string })
}

function checked(found: ClientCredentials): ClientCredentials {
  if (!uuid.test(found.clientId) || found.secret.length > 200) throw new OauthRefusal('invalid_client')
  return found
}
