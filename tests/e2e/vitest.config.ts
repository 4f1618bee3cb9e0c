import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    name: 'stories',
    include: ['tests/e2e/**/*.story.ts'],
    // Stories of one product follow each other; local/e2e.mjs plays two parts on two products.
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
})
