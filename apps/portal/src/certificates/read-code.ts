'use client'

/** Reads the QR code in a picture; null when there is none that can be read. */
export type ReadCode = (picture: ImageBitmap | HTMLVideoElement) => Promise<string | null>

type Detector = { detect(picture: ImageBitmapSource): Promise<{ rawValue: string }[]> }
type DetectorType = {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

// Enough for a code that fills a tenth of the picture, and little work for a small phone.
const longestSide = 1000
const effortMs = { picture: 1500, video: 60 }

/** The browser's own reader where it has one, else a library, which is loaded now and not before. */
export async function codeReader(): Promise<ReadCode> {
  const Own = (globalThis as { BarcodeDetector?: DetectorType }).BarcodeDetector
  if (Own && (await Own.getSupportedFormats()).includes('qr_code')) {
    const detector = new Own({ formats: ['qr_code'] })
    return async picture => (await detector.detect(picture))[0]?.rawValue ?? null
  }
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser gives no canvas to read pictures with.')
  return async picture => {
    const isVideo = picture instanceof HTMLVideoElement
    const width = isVideo ? picture.videoWidth : picture.width
    const height = isVideo ? picture.videoHeight : picture.height
    if (!width || !height) return null
    const scale = Math.min(1, longestSide / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const image = context.getImageData(0, 0, canvas.width, canvas.height)
    try {
      return decodeQR(image, { timeLimit: isVideo ? effortMs.video : effortMs.picture })
    } catch {
      // The library tells by an error that a picture holds no code it can read; there is no other failure.
      return null
    }
  }
}

/** Reads the code in a file that holds a picture; null also for what is no picture. */
export async function codeInPicture(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return null
  const found = await (await codeReader())(picture)
  picture.close()
  return found
}
