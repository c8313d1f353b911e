/** A point, or a rectangle, in fractions of the size of a picture. */
export type Area = { x: number; y: number; width: number; height: number }
type Spot = { x: number; y: number }

/** What is smaller than this both ways was a press, not a drawing. */
const leastDrawn = 0.01

const within = (share: number, most = 1) => Math.min(Math.max(share, 0), most)
/** Fine enough for any picture, and short to send. */
const fine = (share: number) => Math.round(share * 10_000) / 10_000

/** What was drawn from one spot to another, in any direction and perhaps beyond the picture. */
export function drawn(from: Spot, to: Spot): Area {
  const [x1, x2] = [within(Math.min(from.x, to.x)), within(Math.max(from.x, to.x))]
  const [y1, y2] = [within(Math.min(from.y, to.y)), within(Math.max(from.y, to.y))]
  if (x2 - x1 < leastDrawn && y2 - y1 < leastDrawn)
    return { x: fine(within(from.x)), y: fine(within(from.y)), width: 0, height: 0 }
  const [x, y] = [fine(x1), fine(y1)]
  return { x, y, width: fine(x2) - x, height: fine(y2) - y }
}

/** An area with one number changed, which stays within the picture. */
export function withPart(area: Area, part: keyof Area, share: number): Area {
  const next = { ...area, [part]: fine(within(share)) }
  return { ...next, width: within(next.width, 1 - next.x), height: within(next.height, 1 - next.y) }
}
