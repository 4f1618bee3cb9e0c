declare namespace Cloudflare {
  type Bindings = import('../../worker/env').Env
  interface Env extends Pick<Bindings, 'DIRECTORY' | 'EVIDENCE' | 'JOBS' | 'IMAGES' | 'AUTH_SECRET' | 'DATA_KEYS'> {
    [ledger: import('../../worker/db/client').LedgerName]: D1Database
    TEST_MIGRATIONS: Record<'directory' | 'ledger', import('cloudflare:test').D1Migration[]>
  }
}

declare module '*.sql?raw' {
  const text: string
  export default text
}
