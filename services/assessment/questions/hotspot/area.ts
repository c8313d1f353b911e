import type { Point, Shape } from '@azora/contracts/assessment/places-on-picture.ts'

type Size = { width: number; height: number }

/** In binary 0.8 - 0.7 is more than 0.1: an edge belongs to its area all the same. */
const edge = 1e-9

/** Whether a point is within an area, its edge included. */
export function holds(area: Shape, { x, y }: Point, picture: Size): boolean {
  switch (area.shape) {
    case 'rectangle':
      return (
        x >= area.x - edge &&
        x <= area.x + area.width + edge &&
        y >= area.y - edge &&
        y <= area.y + area.height + edge
      )
    case 'circle': {
      // A radius is a fraction of the width: a circle is round on a picture that is not square.
      const down = ((y - area.y) * picture.height) / picture.width
      return Math.hypot(x - area.x, down) <= area.radius + edge
    }
    case 'polygon':
      return holdsWithin(area.corners, { x, y })
  }
}

/** By the even-odd rule: a line from the point to the right crosses the edge an odd number of times. */
function holdsWithin(corners: Point[], { x, y }: Point): boolean {
  let inside = false
  for (const [at, { x: toX, y: toY }] of corners.entries()) {
    const { x: fromX, y: fromY } = corners.at(at - 1) as Point
    if (fromY > y === toY > y) continue
    if (x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) inside = !inside
  }
  return inside
}

/** About the middle of an area; of a polygon that is hollow there, one of its corners. */
export function middleOf(area: Shape, picture: Size): Point {
  if (area.shape === 'circle') return { x: area.x, y: area.y }
  if (area.shape === 'rectangle') return { x: area.x + area.width / 2, y: area.y + area.height / 2 }
  const count = area.corners.length
  const middle = {
    x: area.corners.reduce((sum, { x }) => sum + x, 0) / count,
    y: area.corners.reduce((sum, { y }) => sum + y, 0) / count,
  }
  return holds(area, middle, picture) ? middle : (area.corners[0] as Point)
}

/** How wide and high an area is, as a fraction of the picture's width, whichever is less. */
export function leastExtent(area: Shape, picture: Size): number {
  const flat = picture.height / picture.width
  if (area.shape === 'circle') return area.radius * 2
  if (area.shape === 'rectangle') return Math.min(area.width, area.height * flat)
  const xs = area.corners.map(({ x }) => x)
  const ys = area.corners.map(({ y }) => y)
  return Math.min(Math.max(...xs) - Math.min(...xs), (Math.max(...ys) - Math.min(...ys)) * flat)
}
