import type { PDFDocumentProxy } from 'pdfjs-dist'

/**
 * Pages of a PDF as pictures, drawn by pdf.js, which is loaded when the first one is opened. It reads the file in a
 * worker and runs no script of it.
 */

/** How wide a page is drawn, in pixels: fine print is read when it is enlarged. */
const wideness = 1600
/** What a page may have at most, in pixels, whatever size it says to be: a phone has little memory. */
const mostPixels = 4_000_000
/** What a picture on a page may have at most, in pixels: a page of a scanner with 600 dots an inch has 35 million. */
const mostPixelsOfPicture = 64_000_000
/** Of its text, for who does not see it. */
const mostText = 5_000

/** `isDoubtful` where something on it could not be drawn, or nothing was. */
export type PageShown = { src: string; text: string; isDoubtful: boolean }
export type OpenPdf = { pages: number; show: (page: number) => Promise<PageShown>; close: () => void }

/** What decodes pictures as scanners write them, by the names that pdf.js asks for. */
const decoders: Record<string, URL> = {
  'jbig2.wasm': new URL('pdfjs-dist/wasm/jbig2.wasm', import.meta.url),
  'openjpeg.wasm': new URL('pdfjs-dist/wasm/openjpeg.wasm', import.meta.url),
}

/** Without them pdf.js leaves such a picture out, and a scanned page is blank. */
class Decoders {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const address = decoders[filename]
    const answer = address && (await fetch(address))
    if (!answer?.ok) throw new Error(`pdf.js has no ${filename}.`)
    return new Uint8Array(await answer.arrayBuffer())
  }
}

/** @throws where it is no PDF that can be read, or is locked with a password */
export async function openPdf(address: string): Promise<OpenPdf> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  GlobalWorkerOptions.workerSrc = new URL(
    'pdfjs-dist/legacy/build/pdf.worker.min.mjs',
    import.meta.url,
  ).toString()
  const task = getDocument({
    url: address,
    maxImageSize: mostPixelsOfPicture,
    useWorkerFetch: false,
    BinaryDataFactory: Decoders,
  })
  const shown = new Map<number, Promise<PageShown>>()
  const file = await task.promise.catch(failure => {
    void task.destroy()
    throw failure
  })
  return {
    pages: file.numPages,
    show: page => {
      const known = shown.get(page) ?? drawn(file, page)
      shown.set(page, known)
      return known
    },
    close: () => {
      void task.destroy()
      for (const picture of shown.values())
        picture.then(
          ({ src }) => URL.revokeObjectURL(src),
          () => {},
        )
    },
  }
}

/** Whether a canvas is of one colour, going by what is left of it in few pixels. */
function isBlank(canvas: HTMLCanvasElement): boolean {
  const few = document.createElement('canvas')
  few.width = few.height = 200
  const drawing = few.getContext('2d')
  if (!drawing) return false
  drawing.drawImage(canvas, 0, 0, 200, 200)
  const pixels = new Uint32Array(drawing.getImageData(0, 0, 200, 200).data.buffer)
  return pixels.every(pixel => pixel === pixels[0])
}

async function drawn(file: PDFDocumentProxy, number: number): Promise<PageShown> {
  const page = await file.getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({
    scale: Math.min(wideness / width, Math.sqrt(mostPixels / (width * height))),
  })
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.floor(viewport.width))
  canvas.height = Math.max(1, Math.floor(viewport.height))
  await page.render({ canvas, viewport }).promise
  const [picture, { items }] = await Promise.all([
    new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/webp', 0.9)),
    page.getTextContent(),
  ])
  // What pdf.js cannot decode or finds too large it leaves out without a word: of the first kind it keeps a null.
  const isDoubtful = [...page.objs].some(([, object]) => object === null) || isBlank(canvas)
  page.cleanup()
  if (!picture) throw new Error(`page ${number} could not be drawn`)
  const text = items.map(item => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
  return { src: URL.createObjectURL(picture), text: text.slice(0, mostText), isDoubtful }
}
