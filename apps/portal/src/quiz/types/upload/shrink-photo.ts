/** Longer sides than this tell a marker nothing more, and cost a learner's data. */
const longestSide = 2400

/** What a canvas takes; a HEIC photo it reads on the telephones that make them. */
const isPhoto = (file: File) => /^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)

/** The size of a picture whose longer side is at most `most`. */
export function fitted(width: number, height: number, most = longestSide): { width: number; height: number } {
  const by = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) }
}

/**
 * A photo drawn anew: smaller, upright, and without what its camera wrote into it, such as the place. Anything else, and
 * what this device cannot read, stays as it is.
 */
export async function shrinkPhoto(file: File): Promise<{ file: File; redrawn: boolean }> {
  if (!isPhoto(file)) return { file, redrawn: false }
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const { width, height } = fitted(picture.width, picture.height)
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    // A drawing stays sharp as PNG; a photo is far smaller as JPEG.
    const type = file.type === 'image/png' && file.size < 2_000_000 ? 'image/png' : 'image/jpeg'
    const drawing = canvas.getContext('2d')
    if (drawing && type === 'image/jpeg') {
      // What is clear would become black.
      drawing.fillStyle = '#fff'
      drawing.fillRect(0, 0, width, height)
    }
    drawing?.drawImage(picture, 0, 0, width, height)
    picture.close()
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, type, 0.85))
    if (!blob) return { file, redrawn: false }
    const name = file.name.replace(/\.[^.]*$/, '') + (type === 'image/png' ? '.png' : '.jpg')
    return { file: new File([blob], name, { type }), redrawn: true }
  } catch (failure) {
    console.warn('A photo could not be read, and is sent as it is.', failure)
    return { file, redrawn: false }
  }
}
