/**
 * Points and areas of a picture as answers and marks say them, in fractions of the picture: `0.42,0.3` for a point,
 * `circle 0.4,0.3,0.1 Lake Kariba` for an area with its name. Without Zod, as pages read them too.
 */

export type Point = { x: number; y: number }
export type Shape =
  | { shape: 'rectangle'; x: number; y: number; width: number; height: number }
  | { shape: 'circle'; x: number; y: number; radius: number }
  | { shape: 'polygon'; corners: Point[] }

/** A tenth of a pixel on the largest screen. */
const rounded = (part: number) => Math.round(part * 10_000) / 10_000
const isFraction = (part: number) => part >= 0 && part <= 1

export const pointText = ({ x, y }: Point) => `${rounded(x)},${rounded(y)}`

/** The point that a text says, or null where it is none on the picture. */
export function readPoint(text: string): Point | null {
  const parts = /^(\d(?:\.\d{1,6})?),(\d(?:\.\d{1,6})?)$/.exec(text)
  if (!parts) return null
  const [x, y] = [Number(parts[1]), Number(parts[2])]
  return isFraction(x) && isFraction(y) ? { x, y } : null
}

const numbersOf = (area: Shape): number[] => {
  if (area.shape === 'rectangle') return [area.x, area.y, area.width, area.height]
  if (area.shape === 'circle') return [area.x, area.y, area.radius]
  return area.corners.flatMap(({ x, y }) => [x, y])
}

export const areaText = (area: Shape & { name: string }) =>
  `${area.shape} ${numbersOf(area).map(rounded).join(',')} ${area.name}`.trim()

/** The area that a mark says, or null where the text says none. */
export function readArea(text: string): (Shape & { name: string }) | null {
  const [shape, list = '', ...words] = text.split(' ')
  const numbers = list.split(',').map(Number)
  if (list === '' || numbers.some(Number.isNaN)) return null
  const name = words.join(' ')
  const [x = 0, y = 0, third = 0, fourth = 0] = numbers
  if (shape === 'rectangle') return { shape, x, y, width: third, height: fourth, name }
  if (shape === 'circle') return { shape, x, y, radius: third, name }
  if (shape !== 'polygon') return null
  const corners = Array.from({ length: Math.floor(numbers.length / 2) }, (_, at) => ({
    x: numbers[at * 2] ?? 0,
    y: numbers[at * 2 + 1] ?? 0,
  }))
  return { shape, corners, name }
}
