import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fontkit from 'fontkit'

/**
 * The fonts of documents: Noto Sans (Latin, Greek, Cyrillic, Devanagari), one that goes with it for Arabic, and those of its
 * family for Hebrew and Ethiopic, all under the SIL Open Font License. A character is set in the first that has it.
 */

export type Weight = 'regular' | 'bold'

const families = [
  ['noto-sans', 'NotoSans'],
  // Its letters carry their dots, where Noto sets those as glyphs of their own and text copied from it loses them.
  ['ibm-plex-sans-arabic', 'IBMPlexSansArabic'],
  ['noto-sans-hebrew', 'NotoSansHebrew'],
  ['noto-sans-ethiopic', 'NotoSansEthiopic'],
] as const

const styles: Record<Weight, string> = { regular: '400Regular', bold: '700Bold' }

function fileOf([folder, name]: (typeof families)[number], weight: Weight): string {
  const style = styles[weight]
  return fileURLToPath(import.meta.resolve(`@expo-google-fonts/${folder}/${style}/${name}_${style}.ttf`))
}

/** By its number in the family, and its weight. */
export const fontName = (font: number, weight: Weight): string => `${families[font]?.[1]} ${weight}`

type OpenFont = { name: string; bytes: Buffer; font: fontkit.Font }

let opened: OpenFont[] | undefined

/** Every font, for a document to register; those that it does not use do not get into it. */
export function openFonts(): readonly OpenFont[] {
  opened ??= families.flatMap((family, at) =>
    (['regular', 'bold'] as const).map(weight => {
      const bytes = readFileSync(fileOf(family, weight))
      const font = fontkit.create(bytes) as fontkit.Font
      return { name: fontName(at, weight), bytes, font }
    }),
  )
  return opened
}

/** Numbers of the fonts that have a character, in order. Both weights of a family have the same ones. */
export function fontsWith(codePoint: number): number[] {
  return families.flatMap((_, font) =>
    openFonts()[font * 2]?.font.hasGlyphForCodePoint(codePoint) ? [font] : [],
  )
}

/** Whether letters and digits in it are set from right to left, which follows from their script and not from the font. */
export const isSetRightToLeft = (text: string): boolean =>
  openFonts()[0]?.font.layout(text).direction === 'rtl'
