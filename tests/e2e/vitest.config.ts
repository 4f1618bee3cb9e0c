import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    name: 'stories',
    include: ['tests/e2e/**/*.story.ts'],
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
})
