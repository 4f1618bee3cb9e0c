import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../place'
import { config } from '../product'
import type { Figure } from './figure'

const most = { worker: 500, '/m': 140, '/admin': 420 } as const

/** What a visit to one page loads, by the file that makes it. */
const pages = {
  '/m': 'm/s.$street/file.tsx',
  '/admin': 'admin/s.$street/hazards.tsx',
} as const

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly isEntry?: boolean
  readonly imports?: string[]
}

export const size: Figure = {
  name: 'size',
  figure: `gzipped KB: worker ≤ ${most.worker}; script of a cold visit to 拍隐患 ≤ ${most['/m']} and to 隐患台账 ≤ ${most['/admin']}`,
  async try() {
    mkdirSync(resolve(root, config.assets.directory), { recursive: true })
    const worker = kilobytes(minifiedWorker())
    const sizes = scripts()
    const held =
      worker <= most.worker && sizes !== null && sizes['/m'] <= most['/m'] && sizes['/admin'] <= most['/admin']
    return { held, worker, ...(sizes ? { scripts: sizes } : { missing: 'the client did not build' }) }
  },
}

const kilobytes = (bytes: Buffer) => Math.round(gzipSync(bytes, { level: 9 }).length / 102.4) / 10

function minifiedWorker(): Buffer {
  // Wrangler wants it inside the repository.
  const folder = 'dist/minified'
  run('wrangler', ['deploy', '--dry-run', '--minify', '--outdir', folder])
  return readFileSync(resolve(root, folder, 'index.js'))
}

/** The scripts of each page's cold visit in KB, or null where the client does not build. */
function scripts(): Record<keyof typeof pages, number> | null {
  const folder = 'dist/client'
  if (!run('vite', ['build', 'web', '--outDir', resolve(root, folder), '--logLevel', 'error'])) return null
  // Safe: this is what Vite writes there.
  const manifest = JSON.parse(readFileSync(resolve(root, folder, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >
  const closure = (page: string) => {
    const wanted = Object.entries(manifest).filter(([, { isEntry, src = '' }]) => isEntry || isOnTheWay(src, page))
    if (wanted.length < 2) throw new Error(`No chunk of the client is ${page}`)
    const files = new Set<string>()
    const waiting = wanted.map(([key]) => key)
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      const chunk = manifest[key]
      if (!chunk || files.has(chunk.file)) continue
      files.add(chunk.file)
      waiting.push(...(chunk.imports ?? []))
    }
    const bytes = [...files]
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(resolve(root, folder, file)))
    return Math.round(bytes.reduce((sum, one) => sum + kilobytes(one), 0) * 10) / 10
  }
  return { '/m': closure(pages['/m']), '/admin': closure(pages['/admin']) }
}

/** Whether a route's chunk is loaded for this page: its own, or one that it is nested in. */
function isOnTheWay(src: string, page: string): boolean {
  const [, route] = /^src\/routes\/([^?]+)\?/.exec(src) ?? []
  if (route === undefined) return false
  const folder = /^(?:(.*)\/)?route\.tsx$/.exec(route)?.[1]
  return route === page || (folder !== undefined && page.startsWith(`${folder}/`))
}

function run(command: string, args: string[]): boolean {
  const { status, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) console.error(stderr)
  return status === 0
}
