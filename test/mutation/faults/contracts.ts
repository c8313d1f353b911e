import type { Fault } from '../fault.ts'

const verify = 'credential/verify-credential.ts'
const money = 'contracts/money.ts'
const json = 'credential/json-document.ts'

export const contractsFaults: Fault[] = [
  {
    says: 'an expired proof is accepted',
    file: verify,
    from: "const ends = [document.validUntil, property(proof, 'expires')].filter(isTime)",
    to: 'const ends = [document.validUntil].filter(isTime)',
  },
  {
    says: 'an expired credential is accepted',
    file: verify,
    from: "const ends = [document.validUntil, property(proof, 'expires')].filter(isTime)",
    to: "const ends = [property(proof, 'expires')].filter(isTime)",
  },
  {
    says: 'a credential from the future is accepted',
    file: verify,
    from: 'if (isTime(from) && Date.parse(from) > now.getTime() + CLOCK_TOLERANCE_MS)',
    to: 'if (false)',
  },
  {
    says: 'a changed credential is accepted',
    file: verify,
    from: 'return genuine ? null : finding(',
    to: 'return genuine || !genuine ? null : finding(',
  },
  {
    says: 'a credential signed with another key is accepted',
    file: verify,
    from: 'if (proof.verificationMethod !== verificationMethodOf(issuerDid))',
    to: 'if (false)',
  },
  {
    says: 'a credential with a revocation list is called valid',
    file: verify,
    from: 'return document.credentialStatus === undefined ? null',
    to: 'return document.credentialStatus !== null ? null',
  },
  {
    says: 'an unexpected property of a proof is accepted',
    file: verify,
    from: 'if (strange !== undefined) return',
    to: 'if (strange === "") return',
  },
  {
    says: 'several proofs are accepted',
    file: verify,
    from: "if (Array.isArray(proof)) return finding('proof_several')",
    to: '',
  },
  {
    says: 'a proof for another purpose is accepted',
    file: verify,
    from: "if (proof.proofPurpose !== 'assertionMethod')",
    to: "if (proof.proofPurpose === '')",
  },
  {
    says: 'an unknown vocabulary is accepted',
    file: 'credential/open-badge.ts',
    from: 'contexts.length === list.length &&',
    to: '',
  },
  {
    says: 'a day that does not exist is a time',
    file: 'credential/open-badge.ts',
    from: 'return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)',
    to: 'return true',
  },
  {
    says: 'an empty list escapes the signature',
    file: json,
    from: 'if (Array.isArray(value) && value.length === 0)',
    to: 'if (false)',
  },
  {
    says: 'a keyword inside redefines what is signed',
    file: json,
    from: "if (key.startsWith('@')) throw",
    to: "if (key === '@type') throw",
  },
  {
    says: 'a file of any depth is read',
    file: json,
    from: 'if (depth > MAX_DEPTH)',
    to: 'if (depth > MAX_DEPTH * 1e6)',
  },
  {
    says: 'parts of a vocabulary that nobody knows are dropped in silence',
    file: 'credential/data-integrity.ts',
    from: 'safe: true,',
    to: 'safe: false,',
  },
  {
    says: 'half a cent is rounded down',
    file: money,
    from: 'if (doubled > divisor) return quotient + away',
    to: 'if (doubled > divisor) return quotient',
  },
  {
    says: 'half is always rounded up',
    file: money,
    from: "return rounding === 'half_up' || quotient % 2n !== 0n ? quotient + away : quotient",
    to: 'return quotient + away',
  },
  {
    says: 'a split loses a cent',
    file: money,
    from: 'for (const share of byRemainder.slice(0, left)) share.part += 1n',
    to: '',
  },
  {
    says: 'two currencies are added',
    file: money,
    from: 'if (a.currency !== b.currency)',
    to: 'if (a.currency === b.currency && a !== a)',
  },
  {
    says: 'an amount that cannot be held exactly is rounded',
    file: money,
    from: 'if (!Number.isSafeInteger(amountMinor))',
    to: 'if (Number.isNaN(amountMinor))',
  },
  {
    says: 'a digit too many after the point is dropped',
    file: money,
    from: 'if (!parts || fraction.length > digits)',
    to: 'if (!parts)',
  },
  {
    says: 'a name that turns the text passes',
    file: 'contracts/names.ts',
    from: 'if (turning.test(text)) return',
    to: "if (text === '') return",
  },
  {
    says: 'a name that shows nothing passes',
    file: 'contracts/names.ts',
    from: 'return seen.test(text.replace(',
    to: 'return text.length > 0 || seen.test(text.replace(',
  },
  {
    says: 'one mailbox has two addresses',
    file: 'contracts/email-address.ts',
    from: "const mailbox = trimmed.slice(0, at).normalize('NFC').toLowerCase().normalize('NFC')",
    to: "const mailbox = trimmed.slice(0, at).normalize('NFC')",
  },
  {
    says: 'a cell of a CSV file is a formula',
    file: 'contracts/csv.ts',
    from: "const safe = beginsFormula(value) ? `'${value}` : value",
    to: 'const safe = value',
  },
  {
    says: 'a look-alike of a video site may be framed',
    file: 'contracts/embeds.ts',
    from: 'url.port || url.username) return null',
    to: 'url.username) return null',
  },
  {
    says: 'an auditor manages people',
    file: 'contracts/permissions.ts',
    from: "auditor: ['people.read', 'audit.read', 'operations.read'],",
    to: "auditor: ['people.read', 'people.manage', 'audit.read', 'operations.read'],",
  },
  {
    says: 'an instructor manages all courses',
    file: 'contracts/permissions.ts',
    from: "instructor: ['course.author'],",
    to: "instructor: ['course.author', 'course.manage_all'],",
  },
  {
    says: 'a key may write with the scope to read',
    file: 'contracts/scopes.ts',
    from: "method === 'GET' || method === 'HEAD' ? 'read' : 'write'",
    to: "method === '' ? 'write' : 'read'",
  },
  {
    says: 'a secret within a list is not known as one',
    file: 'contracts/shown-once.ts',
    from: 'innerType, element, before, after,',
    to: 'innerType, before, after,',
  },
  {
    says: 'a newer event is read as if it were known',
    file: 'contracts/events.ts',
    from: 'if (version > current)',
    to: 'if (version > current + 1000)',
  },
]
