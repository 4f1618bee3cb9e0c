import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    name: 'stories',
    include: ['tests/e2e/**/*.story.ts'],
    // A story is long and has one browser and one product; two at once would only slow each other.
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
})
