const paths = {
  today: 'M4 5h16v15H4zM4 9h16M8 3v4M16 3v4M8 13h3M8 16.5h6',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z',
  ledger: 'M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4.5',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-4 3.800-6 7.500-6s6.700 2 7.500 6',
  album: 'M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 4.500M15.500 9.500h.01',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  refresh: 'M19.500 12a7.500 7.500 0 1 1-2.300-5.400M19.500 3.500v4h-4',
  upload: 'M12 16V5M7.500 9.500 12 5l4.500 4.500M5 19h14',
  close: 'M6 6l12 12M18 6 6 18',
  done: 'M5 12.500l4.500 4.500L19 7.500',
} as const
export type IconName = keyof typeof paths

/** A line drawing beside words; it says nothing by itself. */
export function Icon({ name, size = '1.5rem' }: { name: IconName; size?: string }) {
  return (
    <svg
      className="m-icon"
      style={{ width: size, height: size }}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
