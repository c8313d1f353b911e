import type { Point } from '@azora/contracts/assessment/places-on-picture.ts'
import type { Area } from './picture-draft.ts'

/** How an area changes as its handles are moved; all in fractions of the picture, which it never leaves. */

const least = 0.03
const between = (part: number, from: number, to: number) => Math.min(Math.max(part, from), to)
const within = ({ x, y }: Point): Point => ({ x: between(x, 0, 1), y: between(y, 0, 1) })
const added = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y })

/** About its middle: where it is taken to be moved as a whole. */
export function centreOf(area: Area): Point {
  if (area.shape === 'circle') return { x: area.x, y: area.y }
  if (area.shape === 'rectangle') return { x: area.x + area.width / 2, y: area.y + area.height / 2 }
  const count = area.corners.length
  return {
    x: area.corners.reduce((sum, { x }) => sum + x, 0) / count,
    y: area.corners.reduce((sum, { y }) => sum + y, 0) / count,
  }
}

/** The points by which its size is changed. */
export function handlesOf(area: Area): Point[] {
  if (area.shape === 'circle') return [{ x: Math.min(area.x + area.radius, 1), y: area.y }]
  if (area.shape === 'rectangle') return [{ x: area.x + area.width, y: area.y + area.height }]
  return area.corners
}

export function movedArea(area: Area, by: Point): Area {
  if (area.shape === 'polygon') {
    const xs = area.corners.map(({ x }) => x)
    const ys = area.corners.map(({ y }) => y)
    const kept = {
      x: between(by.x, -Math.min(...xs), 1 - Math.max(...xs)),
      y: between(by.y, -Math.min(...ys), 1 - Math.max(...ys)),
    }
    return { ...area, corners: area.corners.map(corner => within(added(corner, kept))) }
  }
  const to = added(area, by)
  if (area.shape === 'circle') return { ...area, ...within(to) }
  return { ...area, x: between(to.x, 0, 1 - area.width), y: between(to.y, 0, 1 - area.height) }
}

/** With the handle of a number moved. */
export function resizedArea(area: Area, handle: number, by: Point): Area {
  if (area.shape === 'circle') return { ...area, radius: between(area.radius + by.x, least, 0.5) }
  if (area.shape === 'rectangle')
    return {
      ...area,
      width: between(area.width + by.x, least, 1 - area.x),
      height: between(area.height + by.y, least, 1 - area.y),
    }
  const corner = area.corners[handle]
  return corner ? { ...area, corners: area.corners.with(handle, within(added(corner, by))) } : area
}

/** A polygon with one corner more, in the middle of its longest edge. */
export function withCorner(area: Extract<Area, { shape: 'polygon' }>): Area {
  const edges = area.corners.map((from, at) => {
    const to = area.corners[(at + 1) % area.corners.length] as Point
    return {
      at,
      length: Math.hypot(to.x - from.x, to.y - from.y),
      x: (from.x + to.x) / 2,
      y: (from.y + to.y) / 2,
    }
  })
  const { at, x, y } = edges.reduce((long, edge) => (edge.length > long.length ? edge : long))
  return { ...area, corners: area.corners.toSpliced(at + 1, 0, { x, y }) }
}
