import type { Annotation } from './annotation.ts'

/** In what order annotations are numbered. Browsers carry it, so it stands apart from the shapes. */

/** By their place in the text, or file by file, page by page and downwards. @param files the ids of those of the answer */
export function annotationsInOrder(given: readonly Annotation[], files: readonly string[]): Annotation[] {
  return given.toSorted((a, b) => {
    const [ofA, ofB] = [keysOf(a, files), keysOf(b, files)]
    const at = ofA.findIndex((key, index) => key !== ofB[index])
    return at < 0 ? 0 : (ofA[at] ?? 0) - (ofB[at] ?? 0)
  })
}

const keysOf = (one: Annotation, files: readonly string[]) =>
  one.on === 'text'
    ? [-1, one.start, one.end]
    : [files.indexOf(one.fileId), one.on === 'page' ? one.page : 0, one.y, one.x]
