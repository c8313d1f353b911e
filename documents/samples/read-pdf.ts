import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A PDF as another program reads it: what is on its pages, and the structure that is read aloud. */

/** An element of the structure, with its own text and what is below it. */
export type Node = { role: string; text: string; alt: string | null; children: Node[] }

export type ReadPage = {
  width: number
  height: number
  /** Pieces of text, with where they begin and how wide they are. */
  pieces: { text: string; left: number; top: number; width: number }[]
  structure: Node
}

type Content = { type?: string; id?: string; role?: string; alt?: string; children?: Content[] }
type Piece = { str?: string; type?: string; id?: string; transform?: number[]; width?: number }

/** The text of each marked part, by its id. */
function textsOf(items: readonly Piece[]): Map<string, string> {
  const texts = new Map<string, string>()
  const open: (string | undefined)[] = []
  for (const item of items) {
    if (item.type?.startsWith('beginMarkedContent')) open.push(item.id)
    else if (item.type === 'endMarkedContent') open.pop()
    else {
      const id = open.findLast(Boolean)
      if (id) texts.set(id, (texts.get(id) ?? '') + (item.str ?? ''))
    }
  }
  return texts
}

function nodeOf(content: Content, texts: ReadonlyMap<string, string>): Node {
  const parts = content.children ?? []
  const own = parts.filter(({ type }) => type === 'content').map(({ id }) => texts.get(id ?? '') ?? '')
  return {
    role: content.role ?? '',
    text: own.join(' ').trim(),
    alt: content.alt ?? null,
    children: parts.filter(({ role }) => role).map(child => nodeOf(child, texts)),
  }
}

export async function readPdf(bytes: Uint8Array) {
  const loading = getDocument({ data: bytes.slice(), verbosity: 0 })
  const pdf = await loading.promise
  const { info } = await pdf.getMetadata()
  const facts = info as { Title?: string; Language?: string }
  // Maps, though they are said to be objects.
  const preferences = (await pdf.getViewerPreferences()) as unknown as ReadonlyMap<string, unknown>
  const marked = (await pdf.getMarkInfo()) as unknown as ReadonlyMap<string, unknown>
  const outline = (await pdf.getOutline()).map(({ title }) => title)
  const pages: ReadPage[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const { width, height } = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent({ includeMarkedContent: true })
    const pieces = (items as Piece[]).flatMap(({ str, transform, width: wide = 0 }) =>
      str?.trim() && transform
        ? [{ text: str, left: transform[4] ?? 0, top: height - (transform[5] ?? 0), width: wide }]
        : [],
    )
    const structure = nodeOf((await page.getStructTree()) as unknown as Content, textsOf(items as Piece[]))
    pages.push({ width, height, pieces, structure })
  }
  await loading.destroy()
  return { title: facts.Title, language: facts.Language, preferences, marked, outline, pages }
}

/** Every element, in the order in which it is read. */
export const inOrder = (node: Node): Node[] => [node, ...node.children.flatMap(inOrder)]
