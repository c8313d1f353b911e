import type { Shape } from '@azora/contracts/assessment/places-on-picture.ts'

/** An area as a part of the SVG of a `PictureFrame`, which is 100 wide and `height` high. */
export function AreaShape({ area, height, className }: { area: Shape; height: number; className: string }) {
  const line = { className, vectorEffect: 'non-scaling-stroke' as const }
  if (area.shape === 'rectangle')
    return (
      <rect
        x={area.x * 100}
        y={area.y * height}
        width={area.width * 100}
        height={area.height * height}
        {...line}
      />
    )
  if (area.shape === 'circle')
    return <circle cx={area.x * 100} cy={area.y * height} r={area.radius * 100} {...line} />
  return <polygon points={area.corners.map(({ x, y }) => `${x * 100},${y * height}`).join(' ')} {...line} />
}
