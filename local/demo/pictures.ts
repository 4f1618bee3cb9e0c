import { createHash } from 'node:crypto'
import type { Category, Stage } from '@app/shared/hazards/words'
import type { PhotoId } from '@app/shared/ids'
import { glyphs } from './glyphs'
import { type Random, randomFrom } from './random'

/** What a picture shows: the same `place` looks the same from shot to shot, but for what was put right. */
export interface Scene {
  readonly category: Category
  readonly stage: Stage
  readonly place: string
  readonly shot: string
}

/** A drawing standing in for a photo; its id is the SHA-256 of the drawing, as that of a photo is of what was sent. */
export interface Picture {
  readonly id: PhotoId
  readonly svg: string
}

export const pictureSize = { width: 640, height: 480 } as const

interface Palette {
  readonly wall: string
  readonly trim: string
  readonly floor: string
  readonly accent: string
  readonly wood: string
}

type Draw = (random: Random, palette: Palette, right: boolean) => string

/** Draws a scene. Pure: the same scene gives the same bytes. */
export function pictureOf(scene: Scene): Picture {
  const place = randomFrom(scene.place)
  const shot = randomFrom(scene.shot)
  const palette = paletteOf(place)
  const { width, height } = pictureSize
  const tilt = (shot.next() - 0.5) * 4
  const [dx, dy] = [shot.int(-16, 16), shot.int(-10, 10)]
  const mirrored = place.chance(0.5) ? `translate(${width} 0) scale(-1 1)` : ''
  const light = { x: shot.int(15, 85), y: shot.int(5, 35) }
  const body = scenes[scene.category](place, palette, scene.stage !== 'before')
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<defs><radialGradient id="light" cx="${light.x}%" cy="${light.y}%" r="95%">` +
    `<stop offset="0" stop-color="#fff8e0" stop-opacity=".34"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/>` +
    `<stop offset="1" stop-color="#0b1420" stop-opacity=".5"/></radialGradient></defs>` +
    `<g transform="translate(${dx} ${dy}) rotate(${tilt.toFixed(2)} 320 240) translate(320 240) scale(1.1) translate(-320 -240)">` +
    `<g transform="${mirrored}">${body}</g></g>` +
    `<rect width="${width}" height="${height}" fill="url(#light)"/>${mark(shot)}</svg>`
  // Safe: a SHA-256 in hexadecimal.
  return { id: createHash('sha256').update(svg).digest('hex') as PhotoId, svg }
}

function paletteOf(random: Random): Palette {
  const hue = random.int(0, 359)
  const colour = (turn: number, saturation: number, lightness: number) => hsl(hue + turn, saturation, lightness)
  return {
    wall: colour(0, random.int(8, 26), random.int(72, 86)),
    trim: colour(20, random.int(10, 30), random.int(38, 56)),
    floor: colour(200, random.int(4, 14), random.int(42, 60)),
    accent: colour(150, random.int(45, 70), random.int(40, 54)),
    wood: hsl(random.int(22, 40), random.int(28, 46), random.int(38, 56)),
  }
}

/** 演示数据, in the corner of every picture. */
function mark(random: Random): string {
  const [x, y] = [640 - 176, 480 - 52]
  const letters = glyphs.map(
    (path, at) => `<path transform="translate(${x + 14 + at * 38} ${y + 8}) scale(.34)" d="${path}"/>`,
  )
  return (
    rect(x, y, 176, 52, '#0d1b2a', 0, 0.72) +
    `<g fill="#fff">${letters.join('')}</g>` +
    rect(x, y, 4, 52, hsl(random.int(0, 359), 70, 60))
  )
}

const scenes: Record<Category, Draw> = {
  'e-bike-charging': (random, palette, right) => {
    const bikes = right ? 0 : random.int(1, 3)
    const steps = random.int(5, 8)
    const stairs = Array.from({ length: steps }, (_, at) =>
      rect(430 + at * 26, 300 - at * 30, 240, 32, at % 2 ? palette.trim : darker(palette.floor)),
    )
    const socket = [random.int(60, 120), random.int(170, 210)] as const
    const parked = Array.from({ length: bikes }, (_, at) =>
      eBike(110 + at * 120, 350 + at * 14, hsl(random.int(0, 359), 60, 48)),
    )
    const cable = right ? '' : line(`M${socket[0]} ${socket[1]} q 40 130 100 150`, '#c0392b', 5)
    const notice = right
      ? rect(170, 150, 120, 80, '#fff') + rect(170, 150, 120, 22, '#c0392b') + lines(182, 184, 96, 4)
      : ''
    return (
      room(random, palette) +
      stairs.join('') +
      rect(socket[0] - 12, socket[1] - 14, 26, 30, '#f4f4f0', 3) +
      notice +
      cable +
      parked.join('')
    )
  },
  'blocked-exit': (random, palette, right) => {
    const door = random.int(210, 260)
    const boxes = right
      ? ''
      : Array.from({ length: random.int(5, 9) }, (_, at) => {
          const size = random.int(50, 92)
          const [x, y] = [door - 70 + random.int(0, 230), 410 - size - (at % 3) * random.int(20, 62)]
          return (
            rect(x, y, size, size, hsl(random.int(24, 40), 42, random.int(46, 64)), 2) +
            rect(x, y + size / 2 - 4, size, 8, '#d9c7a0')
          )
        }).join('')
    const bar = right ? '' : line(`M${door + 30} 290 h120`, '#4b4b4b', 9) + circle(door + 90, 290, 11, '#caa53d')
    return room(random, palette) + exitSign(door + 40) + doorway(door, palette, right) + bar + boxes
  },
  'fire-equipment': (random, palette, right) => {
    const x = random.int(180, 300)
    const cabinet = rect(x, 150, 190, 210, '#b3261e', 4) + rect(x + 12, 162, 166, 186, right ? '#f6e9e7' : '#5c5654', 2)
    const bottles = right
      ? extinguisher(x + 62, 200) + extinguisher(x + 128, 200)
      : random.chance(0.5)
        ? fallen(x + 20, 372)
        : ''
    const cover = right ? '' : rect(x - random.int(60, 110), 250, 120, 130, palette.wood, 3) + lines(x - 40, 280, 60, 3)
    const crack = right ? '' : line(`M${x + 30} 170 l40 60 l-20 30 l50 70`, '#eee', 3)
    const lamp =
      rect(x + 30, 70, 120, 46, '#e9ece6', 4) +
      circle(x + 60, 93, 14, right ? '#ffe58a' : '#6d6d6d') +
      circle(x + 120, 93, 14, right ? '#ffe58a' : '#6d6d6d')
    return room(random, palette) + lamp + cabinet + crack + bottles + cover
  },
  'living-inside': (random, palette, right) => {
    const shelves = Array.from({ length: 3 }, (_, at) => {
      const y = 110 + at * 76
      const goods = Array.from({ length: random.int(6, 9) }, (__, nth) =>
        rect(46 + nth * 26, y - random.int(26, 46), 20, 48, hsl(random.int(0, 359), 48, 58), 2),
      )
      return goods.join('') + rect(36, y + 8, 250, 10, palette.wood)
    })
    const bed =
      rect(350, 320, 240, 46, palette.accent, 8) +
      rect(350, 300, 70, 36, '#fbfbf7', 10) +
      rect(350, 362, 240, 16, palette.wood) +
      rect(360, 376, 12, 40, palette.wood) +
      rect(568, 376, 12, 40, palette.wood)
    const curtain =
      line('M336 90 v210', '#777', 5) +
      `<path d="M340 96 q40 90 6 200 h60 q20 -110 -6 -200z" fill="${palette.trim}" opacity=".85"/>`
    const counter =
      rect(370, 280, 210, 120, palette.wood, 4) +
      rect(360, 268, 230, 18, darker(palette.wood)) +
      rect(430, 226, 60, 44, '#3b4654', 3)
    return room(random, palette) + shelves.join('') + (right ? counter : curtain + bed)
  },
  wiring: (random, palette, right) => {
    const box = [random.int(250, 340), random.int(150, 190)] as const
    const board = rect(box[0], box[1], 120, 150, '#dfe3e6', 4) + rect(box[0] + 16, box[1] + 20, 88, 40, '#2f3b46', 2)
    const switches = [0, 1, 2, 3].map((at) => rect(box[0] + 20 + at * 21, box[1] + 28, 14, 24, '#eef1f3', 2)).join('')
    const wires = Array.from({ length: right ? 4 : random.int(7, 11) }, (_, at) => {
      if (right)
        return (
          rect(box[0] + 20 + at * 24, 20, 10, box[1] - 20, '#f5f5f2') +
          rect(box[0] + 20 + at * 24, box[1] + 150, 10, 150, '#f5f5f2')
        )
      const from = `M${box[0] + random.int(10, 110)} ${box[1] + random.int(60, 150)}`
      const curve = `c ${random.int(-220, 220)} ${random.int(-60, 160)} ${random.int(-240, 240)} ${random.int(-160, 200)} ${random.int(-260, 260)} ${random.int(-150, 210)}`
      return line(
        `${from} ${curve}`,
        random.pick(['#1d1d1f', '#b8352a', '#2d5fa8', '#3a7d44', '#c9a227']),
        random.int(3, 6),
      )
    }).join('')
    const burn = right ? '' : `<circle cx="${box[0] + 60}" cy="${box[1] + 100}" r="46" fill="#2b1d14" opacity=".55"/>`
    return room(random, palette) + board + burn + wires + switches
  },
  'gas-use': (random, palette, right) => {
    const counter = rect(40, 270, 420, 24, '#c9ced2') + rect(40, 294, 420, 130, palette.trim, 2)
    const stove =
      rect(120, 244, 190, 28, '#3c4046', 4) +
      [160, 270].map((x) => `<ellipse cx="${x}" cy="243" rx="34" ry="8" fill="#17191c"/>`).join('')
    const flame = right ? '' : [160, 270].map((x) => `<path d="M${x - 16} 240 q16 -46 32 0z" fill="#3b8fe0"/>`).join('')
    const bottle = (x: number) =>
      rect(x, 320, 74, 104, hsl(random.int(195, 215), 45, 55), 18) + rect(x + 24, 300, 26, 24, '#8d949a', 4)
    const hose = right
      ? line('M300 260 h170 v60', '#e0b13a', 8)
      : line(`M300 258 q60 ${random.int(40, 110)} 120 60 t 90 10`, '#d9772b', 7)
    const cabinet =
      rect(480, 268, 130, 160, '#e8ecef', 4) + rect(492, 282, 106, 134, '#cfd6db', 2) + circle(586, 348, 5, '#555')
    const alarm = right ? rect(380, 110, 60, 44, '#fff', 4) + circle(410, 132, 9, '#37a05a') : ''
    const others = right ? cabinet : bottle(490) + (random.chance(0.6) ? bottle(574) : '')
    return room(random, palette) + rect(90, 60, 250, 70, '#aeb6bc', 4) + counter + stove + flame + others + hose + alarm
  },
  construction: (random, palette, right) => {
    const floors = [120, 220, 320]
    const building = floors
      .map(
        (y) =>
          rect(120, y, 440, 18, '#a5a29b') + [150, 290, 430].map((x) => rect(x, y + 18, 26, 82, '#bdb9b0')).join(''),
      )
      .join('')
    const poles = [110, 230, 350, 470, 570].map((x) => rect(x, 60, 7, 364, '#d0862f')).join('')
    const rails = floors.map((y, at) => {
      if (!right && at === random.int(0, 2)) return ''
      return line(`M112 ${y - 26} H572 M112 ${y - 50} H572`, right ? '#e3b505' : '#c98a3a', 5)
    })
    const net = right ? `<path d="M112 60 H574 V420 H112z" fill="#2e8b57" opacity=".3"/>` : ''
    const hole = right ? '' : `<ellipse cx="${random.int(200, 460)}" cy="430" rx="80" ry="18" fill="#2d2620"/>`
    const worker = `<g>${circle(300, 178, 14, right ? '#f2c230' : '#8a5a3a')}${rect(288, 190, 24, 32, palette.accent, 6)}</g>`
    return (
      rect(-60, -60, 760, 500, hsl(random.int(195, 215), 45, 78)) +
      rect(-60, 420, 760, 160, '#9a8468') +
      building +
      poles +
      rails.join('') +
      worker +
      net +
      hole
    )
  },
  other: (random, palette, right) => {
    const shop =
      rect(60, 120, 330, 290, palette.wall) +
      rect(60, 100, 330, 56, palette.accent, 4) +
      [0, 1, 2, 3].map((at) => rect(96 + at * 70, 116, 44, 24, '#fff', 2, 0.85)).join('')
    const glass = rect(86, 190, 170, 170, '#cfe3ea') + rect(276, 190, 90, 220, palette.wood)
    const pit = right
      ? ''
      : `<path d="M${random.int(390, 430)} 440 q40 -34 90 -8 q60 14 36 34 q-70 20 -126 -26z" fill="#2a2622"/>`
    const sign = right
      ? rect(470, 200, 10, 210, '#777') + rect(430, 150, 96, 62, '#f2c230', 4)
      : `<g transform="rotate(${random.int(22, 40)} 475 410)">${rect(470, 200, 10, 210, '#777')}${rect(430, 150, 96, 62, '#f2c230', 4)}</g>`
    const cones = right ? '' : [430, 560].map((x) => `<path d="M${x} 436 l14 -52 l14 52z" fill="#e2662a"/>`).join('')
    return (
      rect(-60, -60, 760, 500, hsl(random.int(190, 220), 50, 80)) +
      rect(-60, 404, 760, 180, '#8c8f91') +
      shop +
      glass +
      sign +
      pit +
      cones
    )
  },
}

function room(random: Random, { wall, floor, trim }: Palette): string {
  const horizon = random.int(380, 400)
  const tiles = Array.from({ length: 9 }, (_, at) =>
    line(`M${at * 90 - 40} ${horizon} L${at * 150 - 260} 560`, darker(floor), 2),
  )
  const shade = `<path d="M-60 -60 H${random.int(60, 130)} L${random.int(20, 60)} ${horizon} L-60 520z" fill="#000" opacity=".09"/>`
  const pipe = random.chance(0.5)
    ? rect(-60, random.int(20, 60), 760, 12, trim, 0, 0.6)
    : rect(random.int(560, 600), -60, 14, 460, trim, 0, 0.6)
  return (
    rect(-60, -60, 760, 480, wall) +
    shade +
    pipe +
    rect(-60, horizon, 760, 200, floor) +
    tiles.join('') +
    rect(-60, horizon - 14, 760, 14, trim)
  )
}

function doorway(x: number, { trim }: Palette, open: boolean): string {
  const leaf = open
    ? rect(x + 12, 152, 156, 248, '#26333d') + `<path d="M${x + 12} 152 l-60 24 v250 l60 -26z" fill="#8fa3ad"/>`
    : rect(x + 12, 152, 156, 248, '#8fa3ad')
  return rect(x, 140, 180, 260, trim) + leaf + (open ? '' : line(`M${x + 90} 152 v248`, '#5f7079', 4))
}

const exitSign = (x: number) =>
  rect(x - 6, 84, 112, 40, '#1f8f4d', 4) +
  `<path d="M${x + 8} 104 h40 m-14 -12 l14 12 l-14 12" stroke="#fff" stroke-width="6" fill="none"/>` +
  rect(x + 66, 92, 26, 24, '#fff', 2)

const eBike = (x: number, y: number, colour: string) =>
  circle(x, y + 44, 34, '#22262a') +
  circle(x, y + 44, 20, '#9aa2a8') +
  circle(x + 118, y + 44, 34, '#22262a') +
  circle(x + 118, y + 44, 20, '#9aa2a8') +
  `<path d="M${x - 6} ${y + 30} q30 -40 60 -8 h34 l14 -66 h18 l-6 76 q-20 30 -44 22 h-60z" fill="${colour}"/>` +
  rect(x + 6, y - 14, 62, 18, '#1b1d20', 8) +
  line(`M${x + 96} ${y - 50} h40`, '#1b1d20', 8)

const extinguisher = (x: number, y: number) =>
  rect(x - 22, y + 22, 44, 120, '#d7261c', 16) +
  rect(x - 9, y, 18, 26, '#2a2a2a', 3) +
  rect(x - 22, y + 62, 44, 34, '#f7f3ec') +
  line(`M${x + 6} ${y + 6} q40 20 30 80`, '#222', 6)

const fallen = (x: number, y: number) => `<g transform="rotate(82 ${x} ${y})">${extinguisher(x, y - 60)}</g>`

const lines = (x: number, y: number, width: number, count: number) =>
  Array.from({ length: count }, (_, at) => rect(x, y + at * 11, width - (at % 2) * 18, 5, '#8b8f94')).join('')

const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0, opacity = 1) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`
const circle = (x: number, y: number, radius: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`
const line = (path: string, stroke: string, width: number) =>
  `<path d="${path}" stroke="${stroke}" stroke-width="${width}" fill="none" stroke-linecap="round"/>`
const hsl = (hue: number, saturation: number, lightness: number) => `hsl(${hue % 360},${saturation}%,${lightness}%)`
const darker = (colour: string) =>
  colour.replace(/(\d+)%\)$/, (_, lightness: string) => `${Math.round(Number(lightness) * 0.82)}%)`)
