import { loadBundledContext } from '@azora/credential/document-loader.ts'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'

/** Resolves `did:key` as its specification says: the document is made from the DID itself, nothing is fetched. */
async function documentLoader(url: string): Promise<object> {
  if (!url.startsWith('did:key:')) return loadBundledContext(url)
  const [did = '', fragment] = url.split('#')
  const publicKeyMultibase = did.slice('did:key:'.length)
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${publicKeyMultibase}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase,
  }
  const document = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
  }
  return { contextUrl: null, documentUrl: url, document: fragment === undefined ? document : method }
}

/** Whether Digital Bazaar's verifier, which shares no code with us, accepts a credential. */
export async function othersAccept(credential: object): Promise<boolean> {
  const suite = new DataIntegrityProof({ cryptosuite })
  return (await vc.verifyCredential({ credential, suite, documentLoader })).verified
}
