import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'

const [directory, ledger] = await Promise.all(
  ['directory', 'ledger'].map((kind) => readD1Migrations(`./migrations/${kind}`)),
)

export default defineConfig({
  test: {
    reporters: ['default', './local/plain-summary.mjs'],
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/{shared,architecture,web,local}/**/*.test.ts'],
          // A table of a million rows takes its seconds on a machine that does something else besides.
          testTimeout: 40_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              cf: false,
              bindings: {
                TEST_MIGRATIONS: { directory, ledger },
                AUTH_SECRET: 'only-for-tests-0123456789-0123456789',
                DATA_KEYS: '1:b25seS1mb3ItdGVzdHMtMDEyMzQ1Njc4OS0wMTIzNDU2Nzg5',
              },
              queueConsumers: { 'zhiben-jobs': { maxBatchTimeout: 0.05, maxRetries: 1, retryDelay: 0 } },
            },
          }),
        ],
        test: {
          name: 'worker',
          include: ['tests/worker/**/*.test.ts'],
          setupFiles: ['tests/worker/setup.ts'],
          // The process's own environment does not reach workerd.
          env: { FULL_SIZE: process.env['FULL_SIZE'] ?? '' },
          testTimeout: 40_000,
          hookTimeout: 60_000,
          // What is said while a message or a request of its own is handled would go to the runner by a promise of that
          // request, which nobody keeps once it is over.
          disableConsoleIntercept: true,
          // Two workerds for the run, one for each of two cores, and not one for each file, which takes three times as long.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
