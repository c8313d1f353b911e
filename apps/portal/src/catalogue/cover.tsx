type CoverProps = { url: string | null; title: string; className?: string; eager?: boolean }

// Pairs that keep the initial readable on both grounds.
const palettes = [
  ['#0f6f67', '#f0ac2e'],
  ['#24507a', '#8fc4e8'],
  ['#6b3f69', '#e9b7a0'],
  ['#35603a', '#d9d36b'],
  ['#8a4525', '#f3c98b'],
  ['#3b4a6b', '#f08a6b'],
] as const

/** A course's picture; a drawn one, always the same for a title, where it has none. Decorative. */
export function Cover({ url, title, className = '', eager }: CoverProps) {
  if (url)
    return (
      <img
        src={url}
        alt=""
        width={640}
        height={360}
        {...(eager ? {} : { loading: 'lazy' as const })}
        className={`aspect-video w-full bg-sunken object-cover ${className}`}
      />
    )
  const seed = [...title].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973, 7)
  const [ground, figure] = palettes[seed % palettes.length] ?? palettes[0]
  const turn = seed % 360
  return (
    <svg
      viewBox="0 0 640 360"
      aria-hidden="true"
      preserveAspectRatio="xMidYMid slice"
      className={`aspect-video w-full ${className}`}
    >
      <rect width="640" height="360" fill={ground} />
      <g transform={`rotate(${turn} 460 200)`} opacity="0.9">
        <circle cx="460" cy="200" r="150" fill={figure} opacity="0.22" />
        <path d="M460 50a150 150 0 0 1 0 300z" fill={figure} opacity="0.55" />
        <circle cx="460" cy="200" r="62" fill={ground} />
        <circle cx="460" cy="112" r="22" fill="#fff" opacity="0.85" />
      </g>
      <text
        x="48"
        y="308"
        fontSize="150"
        fontWeight="700"
        fill="#fff"
        opacity="0.94"
        fontFamily="Georgia, serif"
      >
        {[...title.trim()][0]?.toUpperCase()}
      </text>
    </svg>
  )
}
