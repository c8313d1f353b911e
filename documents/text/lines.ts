/** Text broken into lines that are at most so wide. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Spaces break a line, and stand at no end of one; spaces that do not break stay in their word. */
const words = (paragraph: string) => paragraph.split(/[ \t]+/).filter(Boolean)

/** A word that is wider than a line goes over several, whole characters on each. */
function piecesOf(word: string, widthOf: (text: string) => number, most: number): string[] {
  if (widthOf(word) <= most) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && widthOf(piece + segment) > most) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return piece === '' ? pieces : [...pieces, piece]
}

export function linesOf(text: string, widthOf: (text: string) => number, most: number): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap(paragraph => {
    const whole = words(paragraph).join(' ')
    if (widthOf(whole) <= most) return [whole]
    const lines: string[] = []
    let line = ''
    for (const piece of words(paragraph).flatMap(word => piecesOf(word, widthOf, most))) {
      const longer = line === '' ? piece : `${line} ${piece}`
      if (line !== '' && widthOf(longer) > most) {
        lines.push(line)
        line = piece
      } else line = longer
    }
    return line === '' && lines.length > 0 ? lines : [...lines, line]
  })
}
