import { inflateSync } from 'node:zlib'

/** Whether a logo is a picture that can be put on a page without taking the memory of others. */

const mostPixels = 4_000_000

const begins = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte)

const isPng = (bytes: Uint8Array) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const isJpeg = (bytes: Uint8Array) => begins(bytes, [0xff, 0xd8, 0xff])

/**
 * PNG, W3C third edition, section 5: chunks of a length, a name, the content and a checksum. A picture can say that it is
 * small and hold a gigabyte, so what it holds is unpacked up to what its size needs (16 bits of four channels, and a
 * byte for each row, seven times for interlaced ones).
 */
function pngIsSound(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const packed: Uint8Array[] = []
  let most = 0
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const from = at + 8
    if (from + length + 4 > bytes.length) return false
    if (name === 'IHDR' && length === 13) {
      const [width, height] = [view.getUint32(from), view.getUint32(from + 4)]
      if (width === 0 || height === 0 || width * height > mostPixels) return false
      most = width * height * 8 + 7 * (height + 8)
    }
    if (name === 'IDAT') packed.push(bytes.subarray(from, from + length))
    at = from + length + 4
  }
  if (most === 0 || packed.length === 0) return false
  try {
    inflateSync(Buffer.concat(packed), { maxOutputLength: most })
    return true
  } catch {
    return false
  }
}

/** A JPEG is put on the page as it is. */
export const isSoundLogo = (bytes: Uint8Array): boolean => (isPng(bytes) ? pngIsSound(bytes) : isJpeg(bytes))
