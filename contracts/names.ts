import { commonFailures } from './failures.ts'

/**
 * One rule for every name: of people, schools, courses, modules, lessons, quizzes, files, keys, webhooks.
 *
 * A name is shown beside other names, printed on certificates and signed. So it is one line, it can be seen, it
 * reads the same way for everybody, and it is stored in one form (NFC). What came with a paste and shows nothing is
 * removed silently; what could deceive, or has no agreed shape, is refused, because removing it would change what
 * the person meant. Names of every script pass: joiners and variation selectors stay where a script or an emoji
 * needs them (UAX #31, 2.3; UTS #51, 2.2 to 2.4; UTS #37 for the ideographs of Japanese names).
 */

const { fields } = commonFailures

// Embeddings, overrides and isolates: they turn what follows round, beyond the name itself (UAX #9, 2).
const turning = /[\u202a-\u202e\u2066-\u2069]/u
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u
// Private use, unassigned, half of a character: nobody knows what another screen shows for it.
const shapeless = /[\p{Co}\p{Cn}\p{Cs}]/u
// Tibetan and vocalised Hebrew need four on one letter, seldom five.
const stacked = /[\p{Mn}\p{Me}]{7,}/u
const refused = new RegExp(`${turning.source}|${control.source}|${shapeless.source}`, 'gu')

// All that a font draws as nothing. The Braille blank is a space in Braille, so it counts as one below.
const ignorable = /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb\u{1d159}]/u
const flag = '\\u{1f3f4}[\\u{e0020}-\\u{e007e}]{1,8}\\u{e007f}'
// In these scripts letters join, or are separated, by the joiners; in the others these show nothing.
// Arabic's vowel signs count as inherited.
const joining =
  '(?:(?![\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}\\p{sc=Armenian}\\p{sc=Georgian}\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Inherited}\\p{sc=Common}])[\\p{L}\\p{M}]|[\\u064b-\\u065f\\u0670])'
const needed = [
  flag,
  `(?<=${joining})[\\u200c\\u200d]`,
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})',
  '(?<=[\\p{Emoji}])[\\ufe0e\\ufe0f]',
  '(?<=\\p{sc=Han})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
  '(?<=\\p{sc=Mongolian})[\\u180b-\\u180d\\u180f]',
].join('|')
const neededOrIgnorable = new RegExp(`(${needed})|${ignorable.source}`, 'gu')
// Direction marks belong between scripts that run in both directions, as in an Arabic title that names C++.
const rightToLeft = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u
const marks = /[\u200e\u200f\u061c]/u

const seen = /[\p{L}\p{N}\p{P}\p{S}]/u
const edges = /^[\s\u2800]+|[\s\u2800]+$/gu

/** The form in which a name is kept: NFC, one space at a time, nothing that cannot be seen. Idempotent. */
export function cleanName(text: string): string {
  const keepsMarks = rightToLeft.test(text)
  return text
    .normalize('NFC')
    .replace(neededOrIgnorable, (character, kept: string | undefined) =>
      // What is refused stays, so that it is refused and not hidden.
      kept || turning.test(character) || shapeless.test(character) || (keepsMarks && marks.test(character))
        ? character
        : '',
    )
    .replace(/\p{Zs}+/gu, ' ')
    .replace(edges, found => (control.test(found) ? found : ''))
    .normalize('NFC')
}

/** What a person can do about a name that is not accepted, or null for one that is. Expects the clean form. */
export function nameFault(text: string): string | null {
  if (control.test(text)) return fields.name_controls
  if (turning.test(text)) return fields.name_direction
  if (shapeless.test(text)) return fields.name_unknown_characters
  if (stacked.test(text)) return fields.name_stacked
  return seen.test(text.replace(/[\u2800\u3164\uffa0\u115f\u1160]/g, '')) ? null : fields.name_invisible
}

/**
 * A name made from text that nobody can be asked about: a file's, a provider's, one stored long ago. Everything that
 * `nameFault` would refuse is left out.
 * @returns at most `most` UTF-16 units, cut between characters; empty when nothing remains that can be seen.
 */
export function nameFrom(text: string, most: number): string {
  // Marks go first: to bring thousands of them into order takes long.
  const plain = text
    .slice(0, 20_000)
    .toWellFormed()
    .replace(/([\p{Mn}\p{Me}]{6})[\p{Mn}\p{Me}]+/gu, '$1')
    .replace(/\s+/g, ' ')
    .replace(refused, '')
  const name = shortened(cleanName(plain), most)
  return nameFault(name) === null ? name : ''
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, most + 1))) {
    if (kept.length + segment.length > most) break
    kept += segment
  }
  return cleanName(kept)
}
