import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** Where databases, pictures and queues of the local product lie; `ZHIBEN_DATA` names another folder. */
export const dataFolder = resolve(root, process.env['ZHIBEN_DATA'] ?? '.wrangler/state/v3')

/** Where the running product says how other commands reach it. */
export const controlFile = resolve(dataFolder, 'control.json')
