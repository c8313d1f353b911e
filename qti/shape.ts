/** Areas of a picture, in its pixels from the upper left corner, as HTML image maps describe them (QTI 2.1, "shape"). */

export type Shape =
  | { kind: 'default' }
  | { kind: 'circle'; centre: [number, number]; radius: number }
  | { kind: 'ellipse'; centre: [number, number]; radii: [number, number] }
  | { kind: 'rect'; from: [number, number]; to: [number, number] }
  | { kind: 'poly'; corners: [number, number][] }
  | { kind: 'none' }

/** One that is described wrongly holds nothing. */
export function shapeOf({ shape, coords }: Record<string, string>): Shape {
  if (shape === 'default') return { kind: 'default' }
  const at = (coords ?? '').split(',').map(part => Number.parseFloat(part))
  if (at.some(Number.isNaN)) return { kind: 'none' }
  const [a = 0, b = 0, c = 0, d = 0] = at
  if (shape === 'circle' && at.length === 3) return { kind: 'circle', centre: [a, b], radius: c }
  if (shape === 'ellipse' && at.length === 4) return { kind: 'ellipse', centre: [a, b], radii: [c, d] }
  if (shape === 'rect' && at.length === 4) {
    return { kind: 'rect', from: [Math.min(a, c), Math.min(b, d)], to: [Math.max(a, c), Math.max(b, d)] }
  }
  if (shape === 'poly' && at.length >= 6 && at.length % 2 === 0) {
    const corners = at.flatMap((x, index): [number, number][] =>
      index % 2 === 0 ? [[x, at[index + 1] ?? 0]] : [],
    )
    const [first, last] = [corners[0], corners.at(-1)]
    // Some repeat the first corner to close it.
    const closed = corners.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1]
    return { kind: 'poly', corners: closed ? corners.slice(0, -1) : corners }
  }
  return { kind: 'none' }
}

/** Whether a point lies in it, its edge included. */
export function isInside(shape: Shape, [x, y]: [number, number]): boolean {
  if (Number.isNaN(x) || Number.isNaN(y)) return false
  switch (shape.kind) {
    case 'default':
      return true
    case 'none':
      return false
    case 'circle':
      return Math.hypot(x - shape.centre[0], y - shape.centre[1]) <= shape.radius
    case 'ellipse': {
      const [across, down] = shape.radii
      return (
        across > 0 &&
        down > 0 &&
        ((x - shape.centre[0]) / across) ** 2 + ((y - shape.centre[1]) / down) ** 2 <= 1
      )
    }
    case 'rect':
      return x >= shape.from[0] && x <= shape.to[0] && y >= shape.from[1] && y <= shape.to[1]
    case 'poly':
      return isInPolygon(shape.corners, [x, y])
  }
}

/** By the crossings of a ray to the right (the even-odd rule); a point on an edge is inside. */
function isInPolygon(corners: [number, number][], [x, y]: [number, number]): boolean {
  let inside = false
  for (const [at, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners[(at + 1) % corners.length] ?? [ax, ay]
    const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    const between =
      Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by)
    if (turn === 0 && between) return true
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}
