// The deploy bundle once more, with every database counting; what a request asked of them comes back in its headers.
// Not the worker that is timed.
import product from './index.js'

export default {
  async fetch(request, env, context) {
    const count = { trips: 0, directoryTrips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 }
    const databases = Object.entries(env).filter(([name]) => name === 'DIRECTORY' || name.startsWith('LEDGER_'))
    const counting = Object.fromEntries(databases.map(([name, database]) => [name, counted(name, database, count)]))
    const response = await product.fetch(request, { ...env, ...counting }, context)
    const headers = new Headers(response.headers)
    headers.set('x-counted', JSON.stringify(count))
    return new Response(response.body, { status: response.status, headers })
  },
}

/** Only what Drizzle calls; anything else is not there, and so fails loudly instead of going uncounted. */
function counted(name, database, count) {
  const trip = (statements) => {
    count.trips++
    count.statements += statements
    if (name === 'DIRECTORY') count.directoryTrips++
  }
  const inner = new WeakMap()
  const note = (result) => {
    count.rowsRead += result.meta.rows_read
    count.rowsWritten += result.meta.rows_written
    return result
  }
  const wrap = (statement, sql) => {
    const outer = {
      bind: (...values) => wrap(statement.bind(...values), sql),
      run: async () => {
        trip(1)
        return note(await statement.run())
      },
      all: async () => {
        trip(1)
        return note(await statement.all())
      },
      raw: async () => {
        trip(1)
        // `raw` tells no meta, so a query is asked once more for it.
        if (/^select/i.test(sql)) note(await statement.all())
        return statement.raw()
      },
    }
    inner.set(outer, statement)
    return outer
  }
  return {
    prepare: (sql) => wrap(database.prepare(sql), sql),
    batch: async (statements) => {
      trip(statements.length)
      return (await database.batch(statements.map((one) => inner.get(one) ?? one))).map(note)
    },
  }
}
