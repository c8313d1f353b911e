import { classNames } from './class-names.ts'

// Drawn on a 24 by 24 grid with a stroke of 2.
const paths = {
  down: 'm6 9 6 6 6-6',
  forward: 'm9 6 6 6-6 6',
  back: 'm15 6-6 6 6 6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6 6 18',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  book: 'M12 6.5C10 5 7 4.5 3.5 4.5v13.5c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4.5C17 4.5 14 5 12 6.5zM12 6.5V20',
  video: 'M4 5.5h16v13H4zM10 9.2v5.6l5-2.8z',
  camera: 'M4 7.5h3.5L9 5h6l1.5 2.5H20V19H4zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  file: 'M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6L11.5 7M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1.5-1.6',
  quiz: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9.5 9.7a2.5 2.5 0 1 1 3.7 2.2c-.8.4-1.2 1-1.2 1.8M12 16.8v.1',
  award: 'M12 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8.5 13.5 7 21l5-2.5 5 2.5-1.5-7.5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  upload: 'M12 16V5M7 9l5-5 5 5M5 20h14',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  offline:
    'M4 4l16 16M8.5 16a5 5 0 0 1 5.8-.8M5 12.5a10 10 0 0 1 4.5-2.7M14 9.7a10 10 0 0 1 5 2.8M2.5 8.8A15 15 0 0 1 7 6.2M11 5.1a15 15 0 0 1 10.5 3.7M12 19.5v.1',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.6v.1',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.1',
  person: 'M12 4.5a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM4.5 20.5c.6-4 3.5-6 7.5-6s6.9 2 7.5 6',
  wallet: 'M4 7.5h14.5v12H4zM4 7.5 15.5 4v3.5M15 13.5h3.5',
  receipt: 'M6 3.5v17l2-1.5 2 1.5 2-1.5 2 1.5 2-1.5 2 1.5v-17zM9 8.5h6M9 12h6',
  tag: 'M4 4h7.5l8.5 8.5-7.5 7.5L4 11.5zM8 8v.1',
  printer: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  flag: 'M6 21V4M6 4.5h12l-2.5 4 2.5 4H6',
  edit: 'M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4',
  plus: 'M12 5v14M5 12h14',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5',
  more: 'M5 12v.1M12 12v.1M19 12v.1',
  grip: 'M9 6v.1M9 12v.1M9 18v.1M15 6v.1M15 12v.1M15 18v.1',
  undo: 'M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-2',
  redo: 'm15 7 4.5 4.5L15 16M19 11.5h-9a5 5 0 0 0 0 10h2',
  image: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 16M14.5 9v.1',
  formula: 'M3 13h3l3 6.5L13 5h8M14.5 11l5 6.5M19.5 11l-5 6.5',
  table: 'M4 5h16v14H4zM4 9.7h16M4 14.3h16M12 5v14',
  bullets: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1',
  numbers: 'M10 6.5h10M10 12h10M10 17.5h10M4 5l1.5-1v5M4 15.5c0-1.5 2.5-1.5 2.5 0 0 1-2.5 1.5-2.5 3h2.5',
  quote: 'M10 7H5v6h4.5c0 2-1 3.5-3 4M19 7h-5v6h4.5c0 2-1 3.5-3 4',
  code: 'm8 7-5 5 5 5M16 7l5 5-5 5',
  up: 'm6 15 6-6 6 6',
  theme: 'M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17',
  shield: 'M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6zM9 12l2.3 2.3L15.2 10',
  people:
    'M9 5a3.3 3.3 0 1 0 0 6.6A3.3 3.3 0 0 0 9 5zM2.8 19.5c.5-3.6 3-5.3 6.2-5.3s5.7 1.7 6.2 5.3M15.5 5.3a3.2 3.2 0 0 1 0 6M17.5 14.6c2 .6 3.3 2.3 3.7 4.9',
  overview: 'M4 4.5h7v8H4zM14 4.5h6v5h-6zM14 12.5h6v7h-6zM4 15.5h7v4H4z',
  mail: 'M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5',
  pulse: 'M3 12.5h4.2L10 5.5l4.2 13 2.6-6H21',
  building: 'M5 20.5v-16h9v16M14 9.5h5v11M3 20.5h18M8 8.5h3M8 12h3M8 15.5h3',
  sliders:
    'M4 7h8M17 7h3M14.5 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4zM4 16.5h3M12 16.5h8M9.5 14.3a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z',
  eye: 'M2.5 12C5 7.8 8.3 5.8 12 5.8s7 2 9.5 6.2c-2.5 4.2-5.8 6.2-9.5 6.2S5 16.2 2.5 12zM12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z',
  ban: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12',
  key: 'M8 10.5a4.3 4.3 0 1 0 0 8.6 4.3 4.3 0 0 0 0-8.6zM11 11.7 19.5 3.5M15.5 7.4l3 3',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.8 3.5v4.3h-4.3',
  copy: 'M9 9h11v11H9zM5.5 15H4V4h11v1.5',
} as const

export type IconName = keyof typeof paths

// These point along the line of text, so they turn round where text runs from right to left.
const directional: IconName[] = ['forward', 'back']

/** A decorative line icon, as high as the text; hidden from screen readers. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={classNames(
        'inline-block size-[1.25em] shrink-0',
        directional.includes(name) && 'rtl:-scale-x-100',
        className,
      )}
    >
      <path d={paths[name]} />
    </svg>
  )
}
